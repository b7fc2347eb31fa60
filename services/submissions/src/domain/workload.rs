//! What an agency must look to: which of its dossiers are late or soon to be.

use chrono::{DateTime, NaiveTime, TimeDelta, Utc};
use civic::{ClockState, DossierStatus, TimeLimit, WorkingCalendar};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Working days before its due date in which a dossier counts as due soon.
const SOON: u16 = 2;

/// Working time within which a filed dossier is to be received.
const RECEIPT: TimeDelta = TimeDelta::hours(8);
/// No run of holidays is longer.
const LONGEST_PAUSE: TimeDelta = TimeDelta::days(30);

/// How much a dossier hurries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = DossierUrgency)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Urgency {
    /// The agency's time does not run yet: not received.
    NotStarted,
    /// There is time.
    OnTime,
    /// Due before the close of the second working day from now.
    DueSoon,
    /// Overdue.
    Overdue,
    /// It waits for the applicant's papers or fee, is stopped, or is corrected after its time.
    Paused,
    /// Nothing is left to do.
    Ended,
}

/// Working hours in which an agency receives what was filed online, or says why not (Decree 45/2020, Article 11).
const ANSWER_HOURS: u16 = 8;
/// Of these, so many hours before their end it hurries.
const ANSWER_SOON: i64 = 2;

/// Until when an agency answers a dossier that came to `status` at `since`; nothing when it does not wait to be received.
pub fn answer_by(status: DossierStatus, since: DateTime<Utc>, calendar: &WorkingCalendar) -> Option<DateTime<Utc>> {
    let limit = TimeLimit::WorkingHours { hours: ANSWER_HOURS };
    (status == DossierStatus::Registered).then(|| limit.due(since, calendar))
}

/// A part of an agency's work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = DossierWork)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Part {
    /// What waits for the agency: to be received, or received and not finished.
    Open,
    /// Of those received and not finished: due from now to the end of the day in Vietnam.
    DueToday,
    /// Of those received and not finished: due from now to the close of the second working day from now.
    DueSoon,
    /// Of those received and not finished: overdue.
    Overdue,
    /// What waits for the applicant: for papers, or for a fee.
    Waiting,
    /// What waits for the agency since the applicant sent in papers, with no step since.
    Supplemented,
    /// Registered, and not received in eight working hours.
    Unreceived,
    /// The fee is still owed when the result would have been due.
    FeeUnsettled,
    /// Of those received and not finished: in the caller's hands, or in those of whom she stands in for.
    Mine,
    /// Of those received and not finished: in nobody's hands, at a stage of a role that the caller holds.
    Nobodys,
    /// Of those received and not finished: at an approver's stage, in the caller's hands or in nobody's.
    ToSign,
    /// Of those received and not finished: in nobody's hands, at whosever stage.
    Unassigned,
    /// Of those received and not finished: in the hands of somebody who is away today.
    Absent,
    /// What waits for a role that nobody holds at the agency: to be received, or at a stage.
    Unserved,
}

/// What is stuck, as supervisors look at it; what is due soon comes last, since nothing is wrong with it yet.
pub const STUCK: [Part; 7] = [
    Part::Overdue,
    Part::Unreceived,
    Part::Unassigned,
    Part::Absent,
    Part::Unserved,
    Part::FeeUnsettled,
    Part::DueSoon,
];

/// Which dossiers a part of the work has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bounds {
    /// In one of these statuses.
    pub statuses: Vec<DossierStatus>,
    /// Due from then on.
    pub due_from: Option<DateTime<Utc>>,
    /// Due before then.
    pub due_before: Option<DateTime<Utc>>,
    /// Filed before then.
    pub filed_before: Option<DateTime<Utc>>,
    /// Whose last step was that the applicant sent in papers.
    pub supplemented: bool,
}

impl Urgency {
    /// How much a dossier hurries that waits to be received, and is to be answered by then.
    pub fn of_answer(answer_by: DateTime<Utc>, now: DateTime<Utc>, calendar: &WorkingCalendar) -> Self {
        if answer_by < now {
            Self::Overdue
        } else if calendar.working_time_between(now, answer_by) <= TimeDelta::hours(ANSWER_SOON) {
            Self::DueSoon
        } else {
            Self::OnTime
        }
    }

    /// How much a dossier in `status` that is due at `due_at` hurries at `now`; one that was completed before does not.
    pub fn of(
        status: DossierStatus,
        due_at: Option<DateTime<Utc>>,
        completed_at: Option<DateTime<Utc>>,
        now: DateTime<Utc>,
        calendar: &WorkingCalendar,
    ) -> Self {
        match (status.clock(), due_at) {
            // It is taken up again to be corrected: its time is over.
            (ClockState::Running, _) if completed_at.is_some() => Self::Paused,
            (ClockState::Off, _) | (ClockState::Running, None) => Self::NotStarted,
            (ClockState::Running, Some(due)) if due < now => Self::Overdue,
            (ClockState::Running, Some(due)) if due < soon(now, calendar) => Self::DueSoon,
            (ClockState::Running, Some(_)) => Self::OnTime,
            (ClockState::Paused, _) => Self::Paused,
            (ClockState::Ended, _) => Self::Ended,
        }
    }
}

impl Part {
    /// Which dossiers it has at `now`.
    pub fn bounds(self, now: DateTime<Utc>, calendar: &WorkingCalendar) -> Bounds {
        let running = statuses(ClockState::Running);
        let open = || [vec![DossierStatus::Registered], running.clone()].concat();
        let none = Bounds::default();
        match self {
            Self::Open => Bounds { statuses: open(), ..none },
            Self::DueToday => {
                Bounds { statuses: running, due_from: Some(now), due_before: Some(end_of_day(now)), ..none }
            }
            Self::DueSoon => {
                Bounds { statuses: running, due_from: Some(now), due_before: Some(soon(now, calendar)), ..none }
            }
            Self::Overdue => Bounds { statuses: running, due_before: Some(now), ..none },
            Self::Mine | Self::Nobodys | Self::ToSign | Self::Unassigned | Self::Absent | Self::Unserved => {
                Bounds { statuses: running, ..none }
            }
            Self::Waiting => {
                Bounds { statuses: vec![DossierStatus::SupplementRequested, DossierStatus::FeeDue], ..none }
            }
            Self::Supplemented => Bounds { statuses: open(), supplemented: true, ..none },
            Self::Unreceived => Bounds {
                statuses: vec![DossierStatus::Registered],
                filed_before: Some(working_time_ago(now, RECEIPT, calendar)),
                ..none
            },
            Self::FeeUnsettled => Bounds { statuses: vec![DossierStatus::FeeDue], due_before: Some(now), ..none },
        }
    }
}

/// The statuses in which the agency's time does `clock`.
pub fn statuses(clock: ClockState) -> Vec<DossierStatus> {
    DossierStatus::ALL.iter().copied().filter(|status| status.clock() == clock).collect()
}

/// Until when what is due is due soon: the close of the second working day after today.
pub fn soon(now: DateTime<Utc>, calendar: &WorkingCalendar) -> DateTime<Utc> {
    let today = now.with_timezone(&civic::VIETNAM).date_naive();
    calendar.close_of(calendar.add_working_days(today, SOON))
}

/// When the day ends in Vietnam.
fn end_of_day(now: DateTime<Utc>) -> DateTime<Utc> {
    let offset = TimeDelta::seconds(civic::VIETNAM.local_minus_utc().into());
    let tomorrow = now.with_timezone(&civic::VIETNAM).date_naive() + TimeDelta::days(1);
    tomorrow.and_time(NaiveTime::MIN).and_utc() - offset
}

/// The moment since which `passed` of working time has gone by: what was filed before it has waited for longer. To the second.
fn working_time_ago(now: DateTime<Utc>, passed: TimeDelta, calendar: &WorkingCalendar) -> DateTime<Utc> {
    let (mut early, mut late) = (now - LONGEST_PAUSE, now);
    while late - early > TimeDelta::seconds(1) {
        let middle = early + (late - early) / 2;
        match calendar.working_time_between(middle, now) > passed {
            true => early = middle,
            false => late = middle,
        }
    }
    late
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, TimeDelta, Utc};
    use civic::{ClockState, DossierStatus, WorkingCalendar};

    use super::{Part, Urgency, soon, statuses};

    #[test]
    fn a_dossier_waits_too_long_for_its_receipt_after_eight_working_hours() {
        let calendar = WorkingCalendar::vietnam();
        let at = |text: &str| text.parse::<DateTime<Utc>>().expect("a date");
        // A day has eight working hours, 08:00 to 12:00 and 13:00 to 17:00 in Vietnam: Monday 14:00 is eight of them after Friday 14:00.
        for (now, since) in
            [("2026-07-27T07:00:00Z", "2026-07-24T07:00:00Z"), ("2026-07-22T03:00:00Z", "2026-07-21T03:00:00Z")]
        {
            let before = Part::Unreceived.bounds(at(now), &calendar).filed_before.expect("a bound");
            assert!((before - at(since)).abs() <= TimeDelta::seconds(1), "{now}: {before}");
        }
    }

    #[test]
    fn today_ends_at_midnight_in_vietnam() {
        let now = "2026-07-21T03:00:00Z".parse::<DateTime<Utc>>().expect("a date");
        let bounds = Part::DueToday.bounds(now, &WorkingCalendar::vietnam());
        assert_eq!(bounds.due_before, Some("2026-07-21T17:00:00Z".parse().expect("a date")));
        assert_eq!(bounds.due_from, Some(now));
    }

    #[test]
    fn soon_ends_with_the_second_working_day_from_now() {
        let calendar = WorkingCalendar::vietnam();
        for (now, end) in [
            ("2026-07-21T03:00:00Z", "2026-07-23T10:00:00Z"),
            ("2026-07-24T03:00:00Z", "2026-07-28T10:00:00Z"),
            ("2026-07-25T03:00:00Z", "2026-07-28T10:00:00Z"),
        ] {
            let [now, end] = [now, end].map(|at| at.parse::<DateTime<Utc>>().expect("a date"));
            assert_eq!(soon(now, &calendar), end, "{now}");
        }
    }

    #[test]
    fn only_the_agencys_own_time_makes_a_dossier_late() {
        assert_eq!(statuses(ClockState::Running), [DossierStatus::Received, DossierStatus::Processing]);
    }

    #[test]
    fn a_dossier_hurries_only_while_the_agencys_time_runs() {
        let calendar = WorkingCalendar::vietnam();
        let at = |text: &str| text.parse::<DateTime<Utc>>().expect("a date");
        let now = at("2026-07-21T03:00:00Z");
        for (status, due, urgency) in [
            (DossierStatus::Registered, "2026-07-20T10:00:00Z", Urgency::NotStarted),
            (DossierStatus::Received, "2026-07-21T02:59:59Z", Urgency::Overdue),
            (DossierStatus::Received, "2026-07-21T03:00:00Z", Urgency::DueSoon),
            (DossierStatus::Processing, "2026-07-23T09:59:59Z", Urgency::DueSoon),
            (DossierStatus::Processing, "2026-07-23T10:00:00Z", Urgency::OnTime),
            (DossierStatus::FeeDue, "2026-07-20T10:00:00Z", Urgency::Paused),
            (DossierStatus::Completed, "2026-07-20T10:00:00Z", Urgency::Ended),
        ] {
            assert_eq!(Urgency::of(status, Some(at(due)), None, now, &calendar), urgency, "{status:?} {due}");
        }
        let late = Some(at("2026-07-20T10:00:00Z"));
        let corrected = Urgency::of(DossierStatus::Processing, late, late, now, &calendar);
        assert_eq!(corrected, Urgency::Paused, "what is corrected is not late once more");
    }
}
