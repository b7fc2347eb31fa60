//! The working calendar: which days and hours count, in Vietnam's time.

mod faults;
mod hours;
mod settings;
mod vietnam;

use std::collections::BTreeSet;

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, NaiveDateTime, TimeDelta, Utc, Weekday};
use serde::{Deserialize, Serialize};

pub use faults::CalendarFault;
pub(crate) use hours::clock_time;
pub use hours::{OpeningHours, Session};
pub use settings::{CalendarDay, CalendarSettings, SaturdayService};

/// The zone of every rule about days and hours: UTC+07:00 all year, as Asia/Ho_Chi_Minh has been since 1975.
pub const VIETNAM: FixedOffset = match FixedOffset::east_opt(7 * 3600) {
    Some(offset) => offset,
    None => panic!("seven hours are less than a day"),
};

/// The days and hours an agency works: weekdays without the holidays, the Saturdays worked in exchange for one, and the
/// opening hours of each such day. Days are days in Vietnam; moments go in and come out in UTC. Sums past the last date
/// that can be represented (year 262142) stop there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WorkingCalendar {
    /// Days off, beside Saturdays and Sundays.
    pub holidays: BTreeSet<NaiveDate>,
    /// Days of rest that are worked in exchange for another day.
    #[serde(default)]
    pub working_saturdays: BTreeSet<NaiveDate>,
    /// The hours of a working day.
    #[serde(default)]
    pub hours: OpeningHours,
    /// The hours of Saturdays, where they count as working time. A Saturday that is worked in exchange has the hours of any day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub saturday_hours: Option<OpeningHours>,
}

impl WorkingCalendar {
    /// Whether agencies work on `day`.
    #[must_use]
    pub fn is_working_day(&self, day: NaiveDate) -> bool {
        self.hours_of(day).is_some()
    }

    /// The hours of `day`; none when it is off.
    #[must_use]
    pub fn hours_of(&self, day: NaiveDate) -> Option<&OpeningHours> {
        if self.holidays.contains(&day) {
            return None;
        }
        match day.weekday() {
            _ if self.working_saturdays.contains(&day) => Some(&self.hours),
            Weekday::Sat => self.saturday_hours.as_ref(),
            Weekday::Sun => None,
            _ => Some(&self.hours),
        }
    }

    /// The first working day after `day`.
    #[must_use]
    pub fn next_working_day(&self, day: NaiveDate) -> NaiveDate {
        self.add_working_days(day, 1)
    }

    /// `day` if it is worked, else the first working day after it.
    #[must_use]
    pub fn working_day_from(&self, day: NaiveDate) -> NaiveDate {
        self.working_days_from(day).next().unwrap_or(NaiveDate::MAX)
    }

    /// The `count`-th working day after `day`, which itself is not counted (Civil Code, Articles 147–148). With a count of
    /// 0, `day` or the working day after it.
    #[must_use]
    pub fn add_working_days(&self, day: NaiveDate, count: u16) -> NaiveDate {
        let Some(last) = usize::from(count).checked_sub(1) else {
            return self.working_day_from(day);
        };
        day.succ_opt().and_then(|tomorrow| self.working_days_from(tomorrow).nth(last)).unwrap_or(NaiveDate::MAX)
    }

    /// The closing time of `day`, which is taken to be worked.
    #[must_use]
    pub fn close_of(&self, day: NaiveDate) -> DateTime<Utc> {
        utc(day.and_time(self.hours_of(day).unwrap_or(&self.hours).close()))
    }

    /// `at` if the agency is open then, else when it opens next: after close the next working morning, during the
    /// lunch break the afternoon.
    #[must_use]
    pub fn opening_moment(&self, at: DateTime<Utc>) -> DateTime<Utc> {
        self.spans_from(local(at)).next().map_or(at, |(from, _)| utc(from))
    }

    /// The working time between two moments; zero if `to` is not after `from`.
    #[must_use]
    pub fn working_time_between(&self, from: DateTime<Utc>, to: DateTime<Utc>) -> TimeDelta {
        let end = local(to);
        self.spans_from(local(from))
            .take_while(|(opens, _)| *opens < end)
            .map(|(opens, closes)| closes.min(end) - opens)
            .sum()
    }

    /// The moment by which `duration` of working time has passed since `at`: the close of a session rather than the
    /// opening of the next. A duration of zero or less gives the [`opening_moment`](Self::opening_moment).
    #[must_use]
    pub fn add_working_time(&self, at: DateTime<Utc>, duration: TimeDelta) -> DateTime<Utc> {
        let mut left = duration.max(TimeDelta::zero());
        for (opens, closes) in self.spans_from(local(at)) {
            if left <= closes - opens {
                return utc(opens + left);
            }
            left -= closes - opens;
        }
        DateTime::<Utc>::MAX_UTC
    }

    /// The moment from which on `duration` of working time is left until `at`: the opening of a session rather than the close of
    /// the one before.
    #[must_use]
    pub fn working_time_before(&self, at: DateTime<Utc>, duration: TimeDelta) -> DateTime<Utc> {
        let (end, mut left) = (local(at), duration.max(TimeDelta::zero()));
        let days = std::iter::successors(Some(end.date()), NaiveDate::pred_opt);
        for day in days {
            let sessions = self.hours_of(day).map(OpeningHours::sessions).unwrap_or_default();
            for session in sessions.iter().rev() {
                let (opens, closes) = (day.and_time(session.opens), day.and_time(session.closes).min(end));
                let open = (closes - opens).max(TimeDelta::zero());
                if open > TimeDelta::zero() && left <= open {
                    return utc(closes - left);
                }
                left -= open;
            }
        }
        DateTime::<Utc>::MIN_UTC
    }

    fn working_days_from(&self, day: NaiveDate) -> impl Iterator<Item = NaiveDate> {
        day.iter_days().filter(|day| self.is_working_day(*day))
    }

    /// The open spans from `moment` on, in local time; the first one begins at `moment` if that is in it.
    fn spans_from(&self, moment: NaiveDateTime) -> impl Iterator<Item = (NaiveDateTime, NaiveDateTime)> {
        self.working_days_from(moment.date())
            .flat_map(|day| {
                let sessions = self.hours_of(day).map(OpeningHours::sessions).unwrap_or_default();
                sessions.iter().map(move |session| (day.and_time(session.opens), day.and_time(session.closes)))
            })
            .map(move |(opens, closes)| (opens.max(moment), closes))
            .filter(|(opens, closes)| opens < closes)
    }
}

/// The wall clock in Vietnam.
pub(crate) fn local(at: DateTime<Utc>) -> NaiveDateTime {
    at.with_timezone(&VIETNAM).naive_local()
}

fn utc(local: NaiveDateTime) -> DateTime<Utc> {
    (local - VIETNAM).and_utc()
}
