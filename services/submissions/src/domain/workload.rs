//! What an agency must look to: which of its dossiers are late or soon to be.

use chrono::{DateTime, Utc};
use civic::{ClockState, DossierStatus, WorkingCalendar};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Working days before its due date in which a dossier counts as due soon.
const SOON: u16 = 2;

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

/// A part of an agency's work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[schema(as = DossierWork)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Part {
    /// What waits for the agency: to be received, or received and not finished.
    Open,
    /// Of those received and not finished: due from now to the close of the second working day from now.
    DueSoon,
    /// Of those received and not finished: overdue.
    Overdue,
}

impl Urgency {
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
    /// The statuses of its dossiers, and from when on and before when they are due.
    pub fn bounds(
        self,
        now: DateTime<Utc>,
        calendar: &WorkingCalendar,
    ) -> (Vec<DossierStatus>, Option<DateTime<Utc>>, Option<DateTime<Utc>>) {
        let running = statuses(ClockState::Running);
        match self {
            Self::Open => ([vec![DossierStatus::Registered], running].concat(), None, None),
            Self::DueSoon => (running, Some(now), Some(soon(now, calendar))),
            Self::Overdue => (running, None, Some(now)),
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

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Utc};
    use civic::{ClockState, DossierStatus, WorkingCalendar};

    use super::{Urgency, soon, statuses};

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
