//! Due dates under any calendar: what explains them is their arithmetic, and counting again is exact, repeatable and can be undone.

use chrono::{DateTime, Days, NaiveDate, Utc};
use civic::{CalendarDay, CalendarSettings, TimeLimit, WorkingCalendar, events::DossierNotice};
use procedure::PinnedProcedure;
use proptest::{collection::vec, prelude::*};

use super::{
    super::{
        dossier::Dossier,
        explanation::{Step, StepKind, Unit},
    },
    any::{any_draft, any_operation, any_procedure},
    case::{Case, Operation, procedure},
};

/// Working days in which papers are waited for.
const WAIT: u16 = 15;

/// The country's calendar with further days off.
fn with_days_off(days: &[NaiveDate]) -> WorkingCalendar {
    let days_off = days.iter().map(|day| CalendarDay { day: *day, reason: "Bão".into() }).collect();
    WorkingCalendar::of(&CalendarSettings::vietnam(), &CalendarSettings { days_off, ..CalendarSettings::default() })
}

fn days_after(case: &Case, after: &[u64]) -> Vec<NaiveDate> {
    let first = case.now.with_timezone(&civic::VIETNAM).date_naive();
    let mut days: Vec<_> = after.iter().filter_map(|count| first.checked_add_days(Days::new(*count))).collect();
    days.sort_unstable();
    days.dedup();
    days
}

fn due(dossier: &Dossier) -> Option<DateTime<Utc>> {
    dossier.filed.as_ref().map(|filed| filed.due_at)
}

/// The dossier by this calendar, where that makes a difference.
fn recounted(case: &Case, pinned: &PinnedProcedure, calendar: &WorkingCalendar) -> Option<Dossier> {
    let change = case.dossier.recount(&pinned.procedure, case.now, calendar, WAIT).expect("it is filed");
    change.map(|change| change.dossier)
}

/// Counts day by day, or minute by minute, what a step says it counts.
fn holds(step: &Step, calendar: &WorkingCalendar) -> bool {
    let (Some(from), Some(to), Some(amount)) = (step.from, step.to, step.amount) else { return true };
    let day = |at: DateTime<Utc>| at.with_timezone(&civic::VIETNAM).date_naive();
    match (step.kind, amount.unit) {
        (StepKind::Counted, Unit::WorkingDays) if amount.count > 0 => {
            let worked = day(from).iter_days().take_while(|it| *it <= day(to));
            let worked = worked.filter(|it| calendar.is_working_day(*it)).count();
            // A same-day procedure counts from the day itself.
            let counted = i64::try_from(worked).expect("few days");
            counted == amount.count || counted == amount.count + 1
        }
        (StepKind::Counted, Unit::WorkingMinutes) => {
            calendar.working_time_between(from, to).num_minutes() == amount.count
        }
        _ => true,
    }
}

proptest! {
    #[test]
    fn a_due_date_explains_itself(
        case in any_draft(), (costs, limit) in any_procedure(), operations in vec(any_operation(), 0..40),
    ) {
        let (pinned, calendar) = (procedure(costs, limit), WorkingCalendar::vietnam());
        for (_, _, after, _) in case.walk(&[&[Operation::File][..], &operations].concat(), pinned) {
            let steps = after.dossier.explained(&pinned.procedure, &calendar);
            prop_assert_eq!(steps.last().and_then(|last| last.to), due(&after.dossier));
            prop_assert!(steps.iter().all(|step| holds(step, &calendar)), "{:?}", steps);
            prop_assert!(steps.iter().all(|step| !step.sentence.vi.is_empty() && !step.sentence.en.is_empty()));
            // What stood still is due after as much working time as was left, counted from when it went on; more time that was taken
            // ends on the day that was decided; what is taken up again has a time of its own.
            let mut until = steps.iter().find(|step| step.kind == StepKind::Counted).and_then(|step| step.to);
            for step in &steps {
                let (Some(from), Some(to), Some(was)) = (step.from, step.to, until) else { continue };
                match step.kind {
                    StepKind::StoodStill => until = Some(civic::resume(was, from, to, &calendar)),
                    StepKind::PutOff | StepKind::Restarted => until = Some(to),
                    _ => {}
                }
            }
            // A correction may leave the time over though the work goes on.
            let open = after.dossier.clock.0.last().is_none_or(|last| last.until.is_none());
            prop_assert!(!open || until == due(&after.dossier), "{:?} {:?}", until, steps);
        }
    }

    #[test]
    fn the_same_calendar_moves_nothing(
        case in any_draft(), (costs, limit) in any_procedure(), operations in vec(any_operation(), 0..40),
    ) {
        let (pinned, calendar) = (procedure(costs, limit), WorkingCalendar::vietnam());
        for (_, _, after, _) in case.walk(&[&[Operation::File][..], &operations].concat(), pinned) {
            let moved = recounted(&after, pinned, &calendar).unwrap_or(after.dossier.clone());
            prop_assert_eq!((due(&moved), &moved.clock), (due(&after.dossier), &after.dossier.clock));
        }
    }

    #[test]
    fn a_day_off_moves_dates_once_and_is_taken_back(
        case in any_draft(), (costs, limit) in any_procedure(), operations in vec(any_operation(), 0..40),
        off in vec(0..60_u64, 1..5),
    ) {
        let (pinned, calendar) = (procedure(costs, limit), WorkingCalendar::vietnam());
        let later = with_days_off(&days_after(&case, &off));
        for (_, _, after, _) in case.walk(&[&[Operation::File][..], &operations].concat(), pinned) {
            let Some(moved) = recounted(&after, pinned, &later) else { continue };
            // Days off among calendar days are not given back: of the working time that a pause stops, less is left.
            let among = matches!(limit, TimeLimit::CalendarDays { .. });
            prop_assert!(among || due(&moved) >= due(&after.dossier), "{:?} is nearer than {:?}", moved, after.dossier);
            prop_assert_eq!(moved.version, after.dossier.version + 1);
            for pair in moved.clock.0.windows(2) {
                prop_assert!(super::follows(&pair[0], &pair[1]), "{:?}", pair);
            }
            let steps = moved.explained(&pinned.procedure, &later);
            prop_assert_eq!(steps.last().and_then(|last| last.to), due(&moved));
            let again = Case { dossier: moved, ..after.clone() };
            prop_assert_eq!(recounted(&again, pinned, &later), None);
            let back = recounted(&again, pinned, &calendar).unwrap_or(again.dossier);
            prop_assert_eq!(due(&back), due(&after.dossier));
            for (known, now) in after.dossier.requests.iter().zip(&back.requests) {
                prop_assert!(now.answer_by >= known.answer_by, "papers are waited for no shorter");
            }
        }
    }
}

#[test]
fn a_pause_with_which_the_work_ended_gives_nothing_back() {
    let now = "2026-07-21T03:00:00Z".parse().expect("a moment");
    let pinned = procedure(false, super::case::LIMITS[2]);
    let start = Case {
        dossier: super::case::draft(now),
        components: vec!["CT01".into()],
        supplied: Vec::new(),
        results: 0,
        now,
    };
    let walk = [
        Operation::File,
        Operation::Receive,
        Operation::Stop,
        Operation::Wait(2 * 24 * 60),
        Operation::Decline,
        Operation::Correct,
    ];
    let after = start.walk(&walk, pinned).pop().expect("it is corrected").2;
    let steps = after.dossier.explained(&pinned.procedure, &WorkingCalendar::vietnam());
    let expected = "2026-07-28T10:00:00Z".parse().ok();
    assert_eq!((due(&after.dossier), steps.last().and_then(|last| last.to)), (expected, expected));
    let paused = steps.iter().find(|step| step.kind == StepKind::StoodStill).expect("it stood still");
    assert_eq!(
        paused.sentence.vi,
        "Tạm dừng từ 10:00 thứ Ba, 21/07/2026 (dừng giải quyết); kết thúc giải quyết lúc 10:00 thứ Năm, 23/07/2026 khi còn 45 giờ làm việc."
    );
}

#[test]
fn an_applicant_is_told_of_another_date_and_of_nothing_else() {
    let now = "2026-07-21T03:00:00Z".parse().expect("a moment");
    let limit = super::case::LIMITS[2];
    let pinned = procedure(false, limit);
    let start = Case {
        dossier: super::case::draft(now),
        components: vec!["CT01".into()],
        supplied: Vec::new(),
        results: 0,
        now,
    };
    let received = start.walk(&[Operation::File, Operation::Receive], pinned).pop().expect("it is received").2;
    let day = |text: &str| text.parse::<NaiveDate>().expect("a day");
    let change = |off: &str| {
        let calendar = with_days_off(&[day(off)]);
        received.dossier.recount(&pinned.procedure, now, &calendar, WAIT).expect("it is filed")
    };
    assert!(change("2026-08-03").is_none(), "the day after it is due");
    assert!(change("2026-07-25").is_none(), "a Saturday");
    let moved = change("2026-07-23").expect("a day between");
    let told = moved.event.expect("a notice");
    let local = |at: Option<DateTime<Utc>>| at.map(|at| at.with_timezone(&civic::VIETNAM).to_rfc3339());
    assert_eq!(told.notice, DossierNotice::DueMoved);
    assert_eq!(local(told.due_before).as_deref(), Some("2026-07-28T17:00:00+07:00"));
    assert_eq!(local(told.due_at).as_deref(), Some("2026-07-29T17:00:00+07:00"));
    let [first, second] = &moved.dossier.clock.0[..] else { panic!("{:?}", moved.dossier.clock) };
    assert_eq!((second.due_before, second.recounted, first.recounted), (first.due_after, true, false));
}
