//! What an agency must look to: which of its dossiers are late or soon to be.

use chrono::{DateTime, Utc};
use civic::{ClockState, DossierStatus, WorkingCalendar};

/// Working days before its due date in which a dossier counts as due soon.
const SOON: u16 = 2;

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

    use super::{soon, statuses};

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
}
