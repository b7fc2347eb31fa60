//! A due date explains itself, step by step: from the dossier's rows, the time limit of its procedure and the calendar of its agency.

mod words;

use chrono::{DateTime, NaiveDate, Utc};
use civic::{LocalText, TimeLimit, VIETNAM, WorkingCalendar};
use procedure::Procedure;
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    clock::{Period, PeriodKind},
    dossier::Dossier,
};

civic::closed_list! {
    /// What a step towards a due date says.
    #[schema(as = DueStepKind)]
    pub enum StepKind: "a step towards a due date" {
        /// It was filed at `from`; until it is received the date is an expectation.
        Filed = "FILED",
        /// It was received at `from`: the agency's time begins.
        Received = "RECEIVED",
        /// What arrives while the agency is closed, at `from`, counts from its opening at `to` on.
        Opened = "OPENED",
        /// The time limit of the procedure, `amount`, is counted from `from` and gives `to`.
        Counted = "COUNTED",
        /// On these `days` between, beside the weekly days of rest, the agency does not work.
        DaysOff = "DAYS_OFF",
        /// It stood still from `from` to `to`; `amount` of working time was left.
        StoodStill = "STOOD_STILL",
        /// It stands still since `from`; `amount` of working time is left.
        StandsStill = "STANDS_STILL",
        /// The agency's calendar changed at `from`: due was another day.
        Recounted = "RECOUNTED",
        /// The agency took more time at `from`.
        PutOff = "PUT_OFF",
        /// It was finished, and taken up again at `from` with a time of its own.
        Restarted = "RESTARTED",
        /// So it is due at `to`.
        Due = "DUE",
    }
}

civic::closed_list! {
    /// What is counted.
    #[schema(as = DueUnit)]
    pub enum Unit: "a unit of time" {
        /// Days on which the agency works.
        WorkingDays = "WORKING_DAYS",
        /// Days.
        Days = "DAYS",
        /// Minutes in which the agency is open.
        WorkingMinutes = "WORKING_MINUTES",
    }
}

/// So much time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = DueAmount)]
pub struct Amount {
    /// How many.
    #[schema(minimum = 0)]
    pub count: i64,
    /// Of what.
    pub unit: Unit,
}

/// A step towards a due date.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = DueStep)]
pub struct Step {
    /// What it says.
    pub kind: StepKind,
    /// From when on.
    pub from: Option<DateTime<Utc>>,
    /// Until when, or when that gives.
    pub to: Option<DateTime<Utc>>,
    /// How much.
    pub amount: Option<Amount>,
    /// Which days.
    pub days: Vec<NaiveDate>,
    /// The same in words.
    pub sentence: LocalText,
}

impl Dossier {
    /// How its due date comes about; nothing for a draft.
    pub fn explained(&self, procedure: &Procedure, calendar: &WorkingCalendar) -> Vec<Step> {
        let Some(filed) = &self.filed else { return Vec::new() };
        let (kind, arrived) = match self.received_at {
            Some(at) => (StepKind::Received, at),
            None => (StepKind::Filed, filed.submitted_at),
        };
        let limit = self.time_limit(procedure);
        let first = limit.due(arrived, calendar);
        let counted = self.clock.counted(first, limit, calendar);
        // What ended, or waits to be counted again, is explained by the dates that were kept.
        let as_kept = counted.last().is_some_and(|due| *due != filed.due_at);
        let mut steps = beginning(kind, arrived, limit, calendar, if as_kept { self.first_kept() } else { first });
        for (place, period) in self.clock.0.iter().enumerate().skip(1) {
            let kept = period.due_after.or(period.due_before);
            let due = if as_kept { kept } else { counted.get(place).copied() };
            let before = if as_kept { period.due_before } else { counted.get(place - 1).copied() };
            let due = due.filter(|_| period.kind == PeriodKind::Running || self.clock.goes_on_after(place));
            steps.extend(of_period(period, self.clock.was_put_off(place), before, due, calendar));
        }
        steps.push(step(
            StepKind::Due,
            None,
            Some(filed.due_at),
            None,
            words::due(filed.due_at, self.received_at.is_some()),
        ));
        steps
    }

    fn first_kept(&self) -> DateTime<Utc> {
        let kept = self.clock.0.first().and_then(|period| period.due_after);
        kept.or(self.filed.as_ref().map(|filed| filed.due_at)).unwrap_or(self.created_at)
    }
}

fn step(
    kind: StepKind,
    from: Option<DateTime<Utc>>,
    to: Option<DateTime<Utc>>,
    amount: Option<Amount>,
    sentence: LocalText,
) -> Step {
    Step { kind, from, to, amount, days: Vec::new(), sentence }
}

/// From the arrival to what the time limit alone gives.
fn beginning(
    kind: StepKind,
    arrived: DateTime<Utc>,
    limit: TimeLimit,
    calendar: &WorkingCalendar,
    due: DateTime<Utc>,
) -> Vec<Step> {
    let mut steps = vec![step(kind, Some(arrived), None, None, words::arrived(kind, arrived))];
    let opened = calendar.opening_moment(arrived);
    if opened != arrived {
        steps.push(step(StepKind::Opened, Some(arrived), Some(opened), None, words::opened(opened)));
    }
    let (day, last) = (day_of(opened), day_of(due));
    let next = day.succ_opt().unwrap_or(day);
    let (amount, from) = match limit {
        TimeLimit::SameDay { .. } if last == day => (Amount { count: 0, unit: Unit::WorkingDays }, opened),
        TimeLimit::SameDay { .. } => (Amount { count: 1, unit: Unit::WorkingDays }, opened),
        TimeLimit::WorkingDays { days } => {
            (Amount { count: days.into(), unit: Unit::WorkingDays }, begins(next, calendar))
        }
        TimeLimit::CalendarDays { days } => (Amount { count: days.into(), unit: Unit::Days }, midnight(next)),
        TimeLimit::WorkingHours { hours } => {
            (Amount { count: i64::from(hours) * 60, unit: Unit::WorkingMinutes }, opened)
        }
    };
    steps.push(step(StepKind::Counted, Some(from), Some(due), Some(amount), words::counted(limit, from, due)));
    let off = days_off(day, last, calendar);
    if !off.is_empty() || crosses_rest(day, last, calendar) {
        let sentence = words::days_off(&off, calendar.saturday_hours.is_some());
        steps.push(Step { days: off, ..step(StepKind::DaysOff, None, None, None, sentence) });
    }
    steps
}

/// What a later period says. It was due at `before`, and is due at `due` by it: by a pause, once the time goes on after it.
fn of_period(
    period: &Period,
    put_off: bool,
    before: Option<DateTime<Utc>>,
    due: Option<DateTime<Utc>>,
    calendar: &WorkingCalendar,
) -> Option<Step> {
    let (from, until) = (period.from, period.until);
    match period.kind {
        PeriodKind::Paused(status) => {
            let due_before = before?;
            let left = calendar.working_time_between(from, due_before).num_minutes();
            let amount = Some(Amount { count: left, unit: Unit::WorkingMinutes });
            let kind = if until.is_some() { StepKind::StoodStill } else { StepKind::StandsStill };
            let sentence = words::stood_still(status, from, until, left, due);
            Some(step(kind, Some(from), until, amount, sentence))
        }
        PeriodKind::Running if period.recounted => {
            let (was, is) = (period.due_before?, period.due_after?);
            Some(step(StepKind::Recounted, Some(from), Some(is), None, words::recounted(was, is)))
        }
        PeriodKind::Running if period.restarted => {
            let to = due?;
            Some(step(StepKind::Restarted, Some(from), Some(to), None, words::restarted(from, to)))
        }
        PeriodKind::Running if put_off => {
            let to = due?;
            Some(step(StepKind::PutOff, Some(from), Some(to), None, words::put_off(from, to)))
        }
        PeriodKind::Running => None,
    }
}

fn day_of(at: DateTime<Utc>) -> NaiveDate {
    at.with_timezone(&VIETNAM).date_naive()
}

/// When work begins on the first day worked from `day` on.
fn begins(day: NaiveDate, calendar: &WorkingCalendar) -> DateTime<Utc> {
    calendar.opening_moment(midnight(day))
}

/// When a day begins in Vietnam.
fn midnight(day: NaiveDate) -> DateTime<Utc> {
    let midnight = day.and_time(chrono::NaiveTime::MIN).and_local_timezone(VIETNAM).single();
    midnight.map_or(DateTime::<Utc>::MAX_UTC, |midnight| midnight.to_utc())
}

/// The days off between `first` and `last` that are no weekly days of rest.
fn days_off(first: NaiveDate, last: NaiveDate, calendar: &WorkingCalendar) -> Vec<NaiveDate> {
    first.iter_days().skip(1).take_while(|day| *day <= last).filter(|day| calendar.holidays.contains(day)).collect()
}

/// Whether a weekly day of rest lies between.
fn crosses_rest(first: NaiveDate, last: NaiveDate, calendar: &WorkingCalendar) -> bool {
    first.iter_days().skip(1).take_while(|day| *day < last).any(|day| !calendar.is_working_day(day))
}
