//! Property tests: whatever is tried with a dossier, in whatever order, its rules hold to the national codes and to themselves.

mod any;
mod case;
mod course;
mod dates;
mod process;
mod roles;

use chrono::{DateTime, Utc};
use civic::{
    ClockState, DossierStatus, OfficialRole,
    events::{ActorKind, ChargeState, OrderState},
};
use proptest::{collection::vec, prelude::*};

use self::{
    any::{any_case, any_draft, any_operation, any_procedure},
    case::{Case, OFFICIAL, ORDER, Operation, procedure},
};
use super::{
    actions::{self, Action, Facts, Viewer},
    charge::Charge,
    clock::{Period, PeriodKind},
    dossier::Refusal,
    moved::Arrival,
    request::RequestKind,
    stage::Actor,
};

/// From each national code (0 is the draft) those that follow in the ordinary course.
const FOLLOWING: [&[u8]; 11] = [
    &[1],
    &[2, 3, 5, 6, 7],
    &[4, 5, 6, 7, 8, 9],
    &[],
    &[5, 6, 7, 8, 9],
    &[1, 2, 4, 7, 8, 3],
    &[1, 2, 4, 7, 8],
    &[],
    &[4, 9],
    &[10],
    &[],
];

fn code(status: DossierStatus) -> u8 {
    status.code().unwrap_or(0)
}

fn arrival(at: DateTime<Utc>) -> Arrival {
    Arrival { at, actor: ActorKind::Applicant, reason: None }
}

/// Whether one period of the time begins as the one before ends. Between the end of the work and its beginning anew no time runs.
fn follows(one: &Period, next: &Period) -> bool {
    let at_once = one.until == Some(next.from) || next.restarted && one.until < Some(next.from);
    at_once && one.due_after == next.due_before
}

fn is_end(status: DossierStatus) -> bool {
    [3, 7, 10].contains(&code(status))
}

proptest! {
    #[test]
    fn every_step_of_any_walk_is_one_that_the_national_codes_know(
        case in any_case(), (costs, limit) in any_procedure(), operations in vec(any_operation(), 0..30),
    ) {
        for (operation, before, after, steps) in case.walk(&operations, procedure(costs, limit)) {
            let mut at = before.dossier.status;
            for step in steps {
                prop_assert_eq!(step.from, at, "{:?} jumps", operation);
                let corrects = matches!(operation, Operation::Correct | Operation::CorrectAnew) && [9, 10].contains(&code(step.from)) && code(step.to) == 4;
                let follows = FOLLOWING[usize::from(code(step.from))].contains(&code(step.to));
                prop_assert!(follows || corrects, "{:?}: {:?}", operation, step);
                at = step.to;
            }
            prop_assert_eq!(after.dossier.status, at);
            prop_assert_eq!(after.dossier.version, before.dossier.version + 1);
        }
    }

    #[test]
    fn an_end_is_never_left(case in any_case(), (costs, limit) in any_procedure(), operations in vec(any_operation(), 0..30)) {
        for (operation, before, after, _) in case.walk(&operations, procedure(costs, limit)) {
            let status = before.dossier.status;
            let stays = after.dossier.status == status || matches!(operation, Operation::Correct | Operation::CorrectAnew) && code(status) == 10;
            prop_assert!(!is_end(status) || stays, "{:?} leaves {}", operation, status);
        }
    }

    #[test]
    fn what_is_offered_is_what_is_done(case in any_case(), (costs, limit) in any_procedure()) {
        let pinned = procedure(costs, limit);
        let Case { dossier, components, supplied, results, now } = &case;
        let by = Actor { id: OFFICIAL, roles: OfficialRole::ALL.to_vec(), stands_in_for: Vec::new(), citizen_number: None };
        let facts = Facts { dossier, pinned, components, supplied, by: &by, results: *results, now: *now };
        let viewers = [Viewer::Applicant, Viewer::Official { at_agency: OfficialRole::ALL.to_vec(), at_centre: Vec::new() }];
        for (entry, offered) in viewers.iter().flat_map(|viewer| actions::offered(viewer, &facts)) {
            let done = match entry.action {
                Action::Submit => case.tried(Operation::File, pinned),
                Action::Receive => case.tried(Operation::Receive, pinned),
                Action::Complete => case.tried(Operation::Complete, pinned),
                Action::Return => case.tried(Operation::Return, pinned),
                Action::Decline => case.tried(Operation::Decline, pinned),
                Action::Refuse => case.tried(Operation::Refuse, pinned),
                Action::RequestSupplement => case.tried(Operation::AskPapersAgain, pinned),
                Action::AnswerSupplement => case.tried(Operation::SendPapers, pinned),
                Action::TakeSupplement => case.tried(Operation::TakePapers, pinned),
                Action::Withdraw => case.tried(Operation::Withdraw, pinned),
                Action::Stop => case.tried(Operation::Stop, pinned),
                Action::Resume => case.tried(Operation::Resume, pinned),
                Action::Consult => case.tried(Operation::Consult, pinned),
                Action::Correct => case.tried(Operation::Correct, pinned),
                Action::Charge => case.tried(Operation::Charge, pinned),
                Action::CancelCharge => case.tried(Operation::CancelCharge, pinned),
                Action::Extend => case.tried(Operation::ExtendAgain, pinned),
                Action::Pay if offered.is_ok() => {
                    let paid = case.tried(Operation::Pay, pinned);
                    prop_assert!(paid.as_ref().is_ok_and(Option::is_some), "{:?}", paid);
                    paid
                }
                // Its procedures have no stages; `process` tries those that have.
                Action::Take | Action::GiveBack | Action::Assign | Action::Forward | Action::SendBack => {
                    unreachable!("{:?} without stages", entry.action)
                }
                Action::Pay
                | Action::Edit
                | Action::Discard
                | Action::AddDocument
                | Action::ChooseReturn
                | Action::AddResult
                | Action::RemoveResult
                | Action::SendDraft
                | Action::AnswerDraft
                | Action::Apologise
                | Action::NoteLateness
                | Action::DownloadResult => continue,
            };
            prop_assert_eq!(done.map(drop), offered, "{:?} of {}", entry.action, case.dossier.status);
        }
    }

    #[test]
    fn a_fee_is_paid_once_and_stays_the_same_fee(
        case in any_draft(), (costs, limit) in any_procedure(), operations in vec(any_operation(), 0..40),
    ) {
        let pinned = procedure(costs, limit);
        let mut changes = case.walk(&[&[Operation::File][..], &operations].concat(), pinned).into_iter();
        let (_, _, filed, _) = changes.next().expect("it is filed");
        prop_assert_eq!(filed.dossier.charges.len(), usize::from(costs));
        for (operation, before, after, _) in changes {
            let (was, is) = (&before.dossier.charges, &after.dossier.charges);
            let what = |charge: &Charge| (charge.round, charge.order_id, charge.total, charge.lines.clone());
            prop_assert!(is.iter().zip(was).all(|(is, was)| what(is) == what(was)), "{:?} of {:?}", is, was);
            let news: Vec<_> = is.iter().zip(was).filter(|(is, was)| is != was).map(|(is, _)| is).collect();
            let rounds = was.len() + usize::from(matches!(operation, Operation::Charge));
            prop_assert!(is.len() == rounds && is.iter().zip(1..).all(|(charge, round)| charge.round == round));
            match (operation, &news[..]) {
                (Operation::Pay, [paid]) => prop_assert_eq!(paid.paid_at, Some(after.now)),
                (Operation::CancelCharge, [cancelled]) => {
                    prop_assert_eq!((cancelled.state, cancelled.paid_at), (OrderState::Cancelled, None));
                }
                (_, news) => prop_assert!(news.is_empty(), "{:?}: {:?}", operation, news),
            }
            // Nobody works on what is not paid for, and nothing that is paid for waits.
            let owed = is.iter().any(Charge::is_owed);
            let waits = after.dossier.status == DossierStatus::FeeDue;
            let rests = [DossierStatus::Withdrawn, DossierStatus::Stopped].contains(&after.dossier.status);
            prop_assert!(waits == owed || owed && rests, "{}", after.dossier.status);
            for other in [Operation::PayAnotherOrder, Operation::PayAnotherAmount] {
                prop_assert_eq!(after.tried(other, pinned), Err(Refusal::OtherPayment));
            }
        }
    }

    #[test]
    fn a_due_date_never_comes_nearer_and_stands_from_the_receipt_on(
        case in any_draft(), (costs, limit) in any_procedure(), operations in vec(any_operation(), 0..40),
    ) {
        let due = |case: &Case| case.dossier.filed.as_ref().map(|filed| filed.due_at);
        for (operation, before, after, _) in case.walk(&operations, procedure(costs, limit)) {
            match operation {
                Operation::File => prop_assert!(due(&after) >= Some(after.now)),
                Operation::Receive => {
                    prop_assert!(due(&after) >= due(&before) && due(&after) >= Some(after.now));
                    prop_assert_eq!((before.dossier.received_at, after.dossier.received_at), (None, Some(after.now)));
                }
                Operation::SendPapers
                | Operation::TakePapers
                | Operation::Lapse
                | Operation::Resume
                | Operation::Stop
                | Operation::Pay
                | Operation::CancelCharge
                | Operation::Extend
                | Operation::ExtendAgain => {
                    prop_assert!(due(&after) >= due(&before), "{:?} brings the date nearer", operation);
                    prop_assert_eq!(before.dossier.received_at, after.dossier.received_at);
                }
                // A correction with a time of its own is due by that alone.
                Operation::CorrectAnew => {
                    prop_assert!(due(&after) >= Some(after.now));
                    prop_assert_eq!(before.dossier.received_at, after.dossier.received_at);
                }
                _ => prop_assert_eq!((due(&before), before.dossier.received_at), (due(&after), after.dossier.received_at)),
            }
        }
    }

    #[test]
    fn the_clock_has_no_gap_and_does_what_the_status_says(
        case in any_case(), (costs, limit) in any_procedure(), operations in vec(any_operation(), 0..30),
    ) {
        for (operation, _, after, _) in case.walk(&operations, procedure(costs, limit)) {
            let (dossier, periods) = (&after.dossier, &after.dossier.clock.0);
            for pair in periods.windows(2) {
                prop_assert!(follows(&pair[0], &pair[1]), "{:?}", pair);
                let nearer = pair[0].due_after < pair[0].due_before;
                prop_assert!(pair[0].restarted || !nearer, "{:?} brings the date nearer", operation);
            }
            let running = periods.last().filter(|last| last.until.is_none()).map(|last| last.kind == PeriodKind::Running);
            let expected = match (dossier.received_at, dossier.status.clock()) {
                (None, _) | (_, ClockState::Off | ClockState::Ended) => None,
                // What is corrected had its time.
                _ if dossier.completed_at.is_some() => None,
                (_, clock) => Some(clock == ClockState::Running),
            };
            prop_assert_eq!(running, expected, "{:?} to {}: {:?}", operation, dossier.status, periods);
            let due = dossier.filed.as_ref().map(|filed| filed.due_at);
            prop_assert!(periods.is_empty() || dossier.clock.due() == due);
        }
    }

    #[test]
    fn papers_are_waited_for_by_one_request_and_asked_for_again_only_for_a_reason(
        case in any_draft(), (costs, limit) in any_procedure(), operations in vec(any_operation(), 0..40),
    ) {
        for (_, _, after, _) in case.walk(&[&[Operation::File][..], &operations].concat(), procedure(costs, limit)) {
            let dossier = &after.dossier;
            let open = dossier.requests.iter().filter(|request| request.is_open_supplement()).count();
            prop_assert_eq!(open, usize::from(dossier.status == DossierStatus::SupplementRequested));
            let asked = |kind| dossier.requests.iter().filter(move |request| request.kind == kind);
            let working = asked(RequestKind::Supplement);
            let working = working.filter(|asked| dossier.received_at.is_some_and(|at| asked.asked_at >= at));
            prop_assert!(working.skip(1).all(|asked| asked.override_reason.is_some()));
            prop_assert!(asked(RequestKind::Extension).skip(1).all(|asked| asked.override_reason.is_some()));
        }
    }

    #[test]
    fn an_action_goes_only_the_passages_of_its_entry(
        case in any_case(), (costs, limit) in any_procedure(), operations in vec(any_operation(), 0..30),
    ) {
        for (operation, _, _, steps) in case.walk(&operations, procedure(costs, limit)) {
            let passages = match operation {
                Operation::File => actions::submit::SUBMIT.passages,
                Operation::Receive => actions::receive::RECEIVE.passages,
                Operation::Complete => actions::complete::COMPLETE.passages,
                Operation::Return => actions::return_result::RETURN.passages,
                Operation::Decline => actions::decline::DECLINE.passages,
                Operation::Refuse => actions::refuse::REFUSE.passages,
                Operation::AskPapers | Operation::AskPapersAgain => {
                    actions::request_supplement::REQUEST_SUPPLEMENT.passages
                }
                Operation::SendPapers => actions::answer_supplement::ANSWER_SUPPLEMENT.passages,
                Operation::TakePapers => actions::take_supplement::TAKE_SUPPLEMENT.passages,
                Operation::Lapse => actions::lapse_supplement::PASSAGES,
                Operation::Withdraw => actions::withdraw::WITHDRAW.passages,
                Operation::Stop => actions::stop::STOP.passages,
                Operation::Resume => actions::resume::RESUME.passages,
                Operation::Consult => actions::consult::CONSULT.passages,
                Operation::AnswerConsultation | Operation::CancelConsultation => &[],
                Operation::Correct | Operation::CorrectAnew => actions::correct::CORRECT.passages,
                Operation::Charge => actions::charge::CHARGE.passages,
                Operation::CancelCharge => actions::cancel_charge::CANCEL_CHARGE.passages,
                Operation::Extend | Operation::ExtendAgain => actions::extend::EXTEND.passages,
                _ => actions::pay::PAY.passages,
            };
            for step in steps {
                prop_assert!(passages.contains(&(step.from, step.to)), "{:?}: {:?}", operation, step);
            }
        }
    }

    #[test]
    fn whoever_receives_has_it_and_the_chain_is_not_broken(
        case in any_draft(), (costs, limit) in any_procedure(), operations in vec(any_operation(), 0..30),
    ) {
        for (_, _, after, _) in case.walk(&operations, procedure(costs, limit)) {
            let custody = &after.dossier.custody;
            prop_assert_eq!(custody.is_empty(), after.dossier.received_at.is_none());
            prop_assert!(custody.first().is_none_or(|first| first.from.is_none() && first.to.official == Some(OFFICIAL)));
            prop_assert!(custody.windows(2).all(|pair| pair[1].from.as_ref() == Some(&pair[0].to)));
        }
    }

    #[test]
    fn the_newest_word_of_an_order_stands_whatever_was_lost_repeated_or_late(
        case in any_draft(), (_, limit) in any_procedure(), heard in vec(1..ORDER.len(), 0..20),
    ) {
        let pinned = procedure(true, limit);
        let mut case = case.walk(&[Operation::File], pinned).pop().expect("it is filed").2;
        let mut newest = 0;
        for version in heard {
            let told = case.told(version, pinned);
            let is_news = version > newest.max(1);
            prop_assert_eq!(told.is_some(), is_news, "version {} after {}", version, newest);
            newest = if is_news { version } else { newest };
            case.dossier = told.unwrap_or(case.dossier);
        }
        let charge = case.dossier.charge().expect("a charge");
        prop_assert_eq!((charge.order_version, charge.state), (i64::try_from(newest).expect("a version"), ORDER[newest]));
        prop_assert_eq!(charge.paid_at.is_some(), newest >= 3);
        prop_assert_eq!(case.dossier.status == DossierStatus::FeeDue, newest < 3);
    }

    #[test]
    fn what_others_are_told_is_the_dossier_as_it_stands(
        case in any_draft(), (costs, limit) in any_procedure(), operations in vec(any_operation(), 0..30),
    ) {
        let pinned = procedure(costs, limit);
        prop_assert_eq!(case.dossier.moved(pinned, arrival(case.now), 0), None);
        let filed = case.walk(&[&[Operation::File][..], &operations].concat(), pinned);
        for (_, before, after, _) in filed {
            let (dossier, moved) = (&after.dossier, after.dossier.moved(pinned, arrival(after.now), 1));
            let moved = moved.expect("it is filed");
            prop_assert!(moved.version > before.dossier.version.into());
            prop_assert_eq!((moved.status, moved.clock.started_at), (dossier.status, dossier.received_at));
            prop_assert_eq!(moved.clock.due_at, dossier.filed.as_ref().map(|filed| filed.due_at));
            let over = dossier.status.clock() == ClockState::Ended || dossier.completed_at.is_some();
            let ended = dossier.received_at.is_some() && over;
            prop_assert_eq!(moved.clock.ended_at.is_some(), ended);
            let held = moved.custody.map(|custody| custody.official_id);
            let in_hand = dossier.received_at.is_some() && !over;
            prop_assert_eq!(held, in_hand.then_some(OFFICIAL));
            let owed = moved.charges.iter().any(|charge| charge.state == ChargeState::Due);
            prop_assert!(owed || dossier.status != DossierStatus::FeeDue);
            let waiting = [DossierStatus::FeeDue, DossierStatus::Withdrawn, DossierStatus::Stopped];
            prop_assert!(!owed || waiting.contains(&dossier.status));
        }
    }

    #[test]
    fn what_is_finished_stays_finished_but_for_a_correction_which_ends_with_a_result(
        case in any_draft(), (costs, limit) in any_procedure(), operations in vec(any_operation(), 0..40),
    ) {
        for (operation, before, after, _) in case.walk(&operations, procedure(costs, limit)) {
            let (was, is) = (&before.dossier, &after.dossier);
            // A correction with a time of its own is completed anew.
            let anew = matches!(operation, Operation::CorrectAnew);
            prop_assert!(anew || was.completed_at.is_none() || is.completed_at == was.completed_at, "{:?}", operation);
            prop_assert_eq!(is.is_finished(), is.was_completed() && !is.is_corrected(), "{:?}", operation);
            prop_assert!(!is.is_corrected() || is.status != DossierStatus::Withdrawn);
            let waited_for = is.requests.iter().any(|request| request.is_open_consultation());
            prop_assert!(!waited_for || is.status.clock() != ClockState::Ended, "{:?}", operation);
        }
    }

    #[test]
    fn doing_it_again_at_once_changes_nothing(
        case in any_draft(), (costs, limit) in any_procedure(), operations in vec(any_operation(), 0..30),
    ) {
        let pinned = procedure(costs, limit);
        // Each extension for a reason is one more.
        let walk = case.walk(&operations, pinned).into_iter();
        for (operation, _, after, _) in walk.filter(|walked| !matches!(walked.0, Operation::ExtendAgain)) {
            let again = after.tried(operation, pinned);
            prop_assert!(!matches!(again, Ok(Some(_))), "{:?} twice: {:?}", operation, again);
        }
    }
}
