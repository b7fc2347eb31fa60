//! When a dossier is due, and what a pause does to that.

use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::WorkingCalendar;
use crate::calendar::{clock_time, local};

/// The time a procedure gives the agency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "unit", rename_all = "snake_case", deny_unknown_fields)]
pub enum TimeLimit {
    /// On the day of receipt; on the next working day when received after the cut-off.
    SameDay {
        /// The last time of day that still counts for today, `HH:MM` in Vietnam.
        #[serde(with = "clock_time")]
        #[schema(value_type = String, pattern = "^([01][0-9]|2[0-3]):[0-5][0-9]$", example = "15:00")]
        cut_off: NaiveTime,
    },
    /// Working days after the day of receipt.
    WorkingDays {
        /// How many.
        #[schema(maximum = 65535)]
        days: u16,
    },
    /// Days after the day of receipt; when the last is a day off, the next working day.
    CalendarDays {
        /// How many.
        #[schema(maximum = 65535)]
        days: u16,
    },
    /// Working hours from the moment of receipt.
    WorkingHours {
        /// How many.
        #[schema(maximum = 65535)]
        hours: u16,
    },
}

impl TimeLimit {
    /// When a dossier received at `received_at` is due: the close of business of its last day, or with
    /// [`TimeLimit::WorkingHours`] the moment itself. What arrives while the agency is closed counts as received when it
    /// opens next.
    #[must_use]
    pub fn due(&self, received_at: DateTime<Utc>, calendar: &WorkingCalendar) -> DateTime<Utc> {
        let received_at = calendar.opening_moment(received_at);
        let received = local(received_at);
        let day = received.date();
        let last_day = match *self {
            Self::SameDay { cut_off } if received.time() <= cut_off => day,
            Self::SameDay { .. } => calendar.next_working_day(day),
            Self::WorkingDays { days } => calendar.add_working_days(day, days),
            Self::CalendarDays { days } => {
                let last = day.checked_add_days(Days::new(days.into()));
                calendar.working_day_from(last.unwrap_or(NaiveDate::MAX))
            }
            Self::WorkingHours { hours } => {
                return calendar.add_working_time(received_at, TimeDelta::hours(hours.into()));
            }
        };
        calendar.close_of(last_day)
    }
}

/// The new due moment of a dossier that was due at `due` and whose clock stood still from `paused_at` to `resumed_at`: the
/// working time that was left is counted again from the resumption. Never earlier than `due`, and `due` itself when that
/// had passed before the pause.
#[must_use]
pub fn resume(
    due: DateTime<Utc>,
    paused_at: DateTime<Utc>,
    resumed_at: DateTime<Utc>,
    calendar: &WorkingCalendar,
) -> DateTime<Utc> {
    if paused_at >= due {
        return due;
    }
    let left = calendar.working_time_between(paused_at, due);
    calendar.add_working_time(resumed_at.max(paused_at), left).max(due)
}
