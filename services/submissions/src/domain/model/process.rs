//! Whatever officials do with a dossier in a process with stages, in whatever order: it can come to its end, and nobody does what
//! another must.

use civic::{DossierStatus, OfficialRole};
use procedure::StageAction;
use proptest::{collection::vec, prelude::*};

use super::{
    any::any_draft,
    case::{Case, draft},
    course::{Course, Move, PROCESSES, any_move, any_process, person},
};
use crate::domain::{
    custody::HandoverKind,
    dossier::{Dossier, Refusal},
};

proptest! {
    #[test]
    fn from_wherever_officials_bring_it_a_dossier_can_come_to_its_end(
        draft in any_draft(), pinned in any_process(), moves in vec(any_move(), 0..60),
    ) {
        let mut course = Course::begin(draft, pinned, 0);
        course.walk(&moves);
        if course.dossier().is_in_hand() {
            course.end();
        }
    }

    #[test]
    fn stages_follow_as_the_process_says_and_hands_are_never_empty_of_a_stage(
        draft in any_draft(), pinned in any_process(), moves in vec(any_move(), 0..60),
    ) {
        let mut course = Course::begin(draft, pinned, 0);
        for (what, before, after) in course.walk(&moves) {
            prop_assert_eq!(after.version, before.version + 1, "{:?}", what);
            prop_assert!(after.custody.windows(2).all(|pair| pair[1].from.as_ref() == Some(&pair[0].to)));
            prop_assert!(after.custody.windows(2).all(|pair| pair[1].handed_over_at >= pair[0].handed_over_at));
            for pair in after.custody.windows(2) {
                let [from, to] = [&pair[0], &pair[1]].map(|one| one.stage.as_deref().expect("a stage"));
                let follows = pinned.procedure.stage(from).expect("a stage").next.iter().any(|next| next == to);
                let allowed = match pair[1].kind {
                    HandoverKind::Forwarding | HandoverKind::Passing => follows,
                    HandoverKind::SendingBack => from != to,
                    _ => from == to,
                };
                prop_assert!(allowed, "{:?}: {} to {}", pair[1].kind, from, to);
            }
            let place = after.place.as_ref().expect("a place");
            let last = after.custody.last().expect("a hand-over");
            prop_assert_eq!(Some(&place.stage), last.stage.as_ref());
            prop_assert!(!after.is_in_hand() || !after.stage(&pinned.procedure).expect("a stage").passes_by_itself());
            // Once it has left reception it is never again only received.
            let left = after.goes_on_as(&pinned.procedure) == DossierStatus::Processing;
            prop_assert!(left || ![DossierStatus::Processing].contains(&after.status));
        }
    }

    #[test]
    fn nobody_acts_who_must_not_whoever_tries(
        draft in any_draft(), pinned in any_process(), moves in vec(any_move(), 0..60),
    ) {
        let mut course = Course::begin(draft, pinned, 6);
        for (what, before, after) in course.walk(&moves) {
            let stage = before.stage(&pinned.procedure).expect("a stage");
            let by = match what {
                Move::Forward(by, _) | Move::SendBack(by, _) | Move::Complete(by) | Move::Take(by) => by,
                _ => continue,
            };
            prop_assert!(person(by).roles.contains(&stage.role), "{:?} at {}", what, stage.code);
            prop_assert!(before.is_for(person(by).id, stage), "{:?} at {}", what, stage.code);
            let mine = before.holder().is_none_or(|holder| person(by).is(holder));
            prop_assert!(mine, "{:?} of what {:?} has", what, before.holder());
            if matches!(what, Move::Complete(_)) {
                prop_assert!(stage.actions.contains(&StageAction::Complete));
                prop_assert_eq!((after.holder(), after.stage_due_at()), (None, None));
            }
        }
    }

    #[test]
    fn a_pause_gives_the_stage_its_working_time_back(
        draft in any_draft(), pinned in any_process(), moves in vec(any_move(), 0..60),
    ) {
        let mut course = Course::begin(draft, pinned, 0);
        for (what, before, after) in course.walk(&moves) {
            let due = |dossier: &Dossier| dossier.custody.last().and_then(|last| last.due_at);
            match what {
                // A stop may follow on another pause, whose time is given back then.
                Move::Stop(_) if !before.clock.runs() => prop_assert!(due(&after) >= due(&before), "{:?}", what),
                Move::Answer | Move::Resume(_) => prop_assert!(due(&after) >= due(&before), "{:?}", what),
                Move::Take(_) | Move::GiveBack(_) | Move::Assign(..) | Move::Ask(_) | Move::Stop(_) => {
                    prop_assert_eq!(due(&after), due(&before), "{:?}", what);
                }
                _ => {}
            }
        }
    }
}

/// Received by the first receiver on Thursday 3 December 2026 at 8:00.
fn received(process: usize) -> Course {
    let now = "2026-12-03T01:00:00Z".parse().expect("a moment");
    let draft = Case { dossier: draft(now), components: vec!["CT01".into()], supplied: Vec::new(), results: 0, now };
    Course::begin(draft, &PROCESSES[process], 0)
}

#[test]
fn receiving_by_the_published_process_leaves_it_where_it_is_decided_and_as_received() {
    let course = received(3);
    let dossier = course.dossier();
    let place = dossier.place.as_ref().map(|place| (&*place.stage, place.role));
    assert_eq!(place, Some(("GIAI_QUYET", OfficialRole::Approver)));
    assert_eq!((dossier.status, dossier.holder()), (DossierStatus::Received, None));
    assert_eq!(dossier.goes_on_as(&course.pinned.procedure), DossierStatus::Processing);
    let completed = course.tried(Move::Complete(4)).expect("an approver decides");
    assert_eq!(completed.status, DossierStatus::Completed);
    assert_eq!(course.tried(Move::Complete(2)), Err(Refusal::RoleMissing));
}

#[test]
fn what_is_paused_at_reception_goes_on_as_received_and_later_as_processed() {
    let mut course = received(0);
    let walked = course.walk(&[Move::Ask(0), Move::Answer, Move::Forward(0, 0), Move::Ask(2), Move::Answer]);
    let statuses: Vec<_> = walked.iter().map(|(_, _, after)| after.status.code().unwrap_or(0)).collect();
    assert_eq!(statuses, [5, 2, 4, 5, 4]);
}

#[test]
fn a_stage_has_its_own_hours_which_a_pause_does_not_count() {
    let mut course = received(0);
    let due = |course: &Course| course.dossier().stage_due_at().map(|at| at.format("%d %H:%M").to_string());
    // Four working hours from Thursday 8:00, without those from 11:30 to 13:30: 14:00 in Vietnam.
    assert_eq!(due(&course).as_deref(), Some("03 07:00"));
    course.walk(&[Move::Wait(60), Move::Ask(0), Move::Wait(24 * 60), Move::Answer]);
    assert_eq!(due(&course).as_deref(), Some("04 07:00"), "three hours were left on Friday at 9:00");
}

#[test]
fn a_deputy_does_what_the_absent_one_has_and_nobody_else_does() {
    let mut course = received(0);
    course.walk(&[Move::Forward(0, 0), Move::Take(2)]);
    assert_eq!(course.tried(Move::Forward(3, 0)), Err(Refusal::Held));
    let on = course.tried(Move::Forward(7, 0)).expect("she stands in");
    let last = on.custody.last().expect("a hand-over");
    let from = last.from.as_ref().and_then(|from| from.official);
    assert_eq!((from, last.done_by), (Some(person(2).id), Some(person(7).id)));
    course.case.dossier = on;
    for who in [2, 7] {
        assert!(
            !course
                .dossier()
                .is_for(person(who).id, course.dossier().stage(&course.pinned.procedure).expect("a stage"))
        );
    }
}
