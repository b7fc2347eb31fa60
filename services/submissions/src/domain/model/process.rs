//! Whatever officials do with a dossier in a process with stages, in whatever order: it can come to its end, and nobody does what
//! another must.

use std::{collections::VecDeque, sync::LazyLock};

use chrono::{DateTime, TimeDelta, Utc};
use civic::{DossierStatus, OfficialRole, TimeLimit, WorkingCalendar};
use procedure::{PinnedProcedure, Procedure, Stage, StageAction};
use proptest::{collection::vec, prelude::*, sample::select};
use uuid::Uuid;

use super::{
    any::any_draft,
    case::{Case, Operation, procedure},
};
use crate::domain::{
    actions::{Action, forward::HandedOn},
    custody::HandoverKind,
    dossier::{Dossier, Refusal},
    staff::Assignee,
    stage::Actor,
};

/// Three that no office has drawn, and the one that is published.
static PROCESSES: LazyLock<Vec<PinnedProcedure>> = LazyLock::new(|| {
    let published = include_str!("../../../../catalogue/data/procedures/2.000635/4.json");
    let published: Procedure = serde_json::from_str(published).expect("a procedure");
    let strange = [
        include_str!("../../../tests/processes/appraisal.json"),
        include_str!("../../../tests/processes/verification.json"),
        include_str!("../../../tests/processes/two_signatures.json"),
    ];
    let strange = strange.into_iter().map(|text| serde_json::from_str::<Vec<Stage>>(text).expect("stages"));
    let pinned = |process: Vec<Stage>| {
        let like = procedure(false, TimeLimit::WorkingDays { days: 5 });
        let procedure = Procedure { process, ..like.procedure.clone() };
        PinnedProcedure { version: 1, form: procedure.form().expect("it hangs together"), procedure }
    };
    strange.chain([published.process]).map(pinned).collect()
});

/// What somebody tries, by the number of the official.
#[derive(Clone, Copy, Debug)]
enum Move {
    Take(usize),
    GiveBack(usize),
    Assign(usize, usize),
    Forward(usize, usize),
    SendBack(usize, usize),
    Complete(usize),
    Ask(usize),
    Answer,
    Stop(usize),
    Resume(usize),
    Wait(i64),
}

/// Two of each working role, one who has all, and one who stands in for the first specialist.
fn person(number: usize) -> Actor {
    use OfficialRole::{Approver, Processor, Receiver};
    let roles: &[&[OfficialRole]] = &[
        &[Receiver],
        &[Receiver],
        &[Processor],
        &[Processor],
        &[Approver],
        &[Approver],
        &[Receiver, Processor, Approver],
        &[Processor],
    ];
    let id = |number: usize| Uuid::from_u128(1000 + number as u128);
    let stands_in_for = if number == 7 { vec![id(2)] } else { Vec::new() };
    Actor { id: id(number), roles: roles[number].to_vec(), stands_in_for }
}

fn any_move() -> impl Strategy<Value = Move> {
    let one = || 0..8_usize;
    prop_oneof![
        one().prop_map(Move::Take),
        one().prop_map(Move::GiveBack),
        (one(), one()).prop_map(|(by, to)| Move::Assign(by, to)),
        (one(), 0..3_usize).prop_map(|(by, to)| Move::Forward(by, to)),
        (one(), 0..3_usize).prop_map(|(by, to)| Move::Forward(by, to)),
        (one(), 0..3_usize).prop_map(|(by, to)| Move::SendBack(by, to)),
        one().prop_map(Move::Complete),
        one().prop_map(Move::Ask),
        Just(Move::Answer),
        one().prop_map(Move::Stop),
        one().prop_map(Move::Resume),
        (0..5_000_i64).prop_map(Move::Wait),
    ]
}

fn any_process() -> impl Strategy<Value = &'static PinnedProcedure> {
    select((0..PROCESSES.len()).collect::<Vec<_>>()).prop_map(|number| &PROCESSES[number])
}

/// A dossier in its process.
struct Course {
    case: Case,
    pinned: &'static PinnedProcedure,
}

impl Course {
    /// Filed and received by `official`.
    fn begin(draft: Case, pinned: &'static PinnedProcedure, official: usize) -> Self {
        let mut course = Self { case: draft, pinned };
        let (filed, _) = course.case.tried(Operation::File, pinned).expect("it is filed").expect("it is filed");
        let calendar = WorkingCalendar::vietnam();
        let received = filed.receive(&pinned.procedure, person(official).id, course.case.now, &calendar);
        course.case.dossier = received.expect("it is received").dossier;
        course
    }

    fn dossier(&self) -> &Dossier {
        &self.case.dossier
    }

    fn now(&self) -> DateTime<Utc> {
        self.case.now
    }

    /// As an official does something that stages allow.
    fn by(&self, by: &Actor, action: Action, operation: Operation) -> Result<Dossier, Refusal> {
        let dossier = self.dossier().at_work(&self.pinned.procedure, action, by, self.now())?;
        let done = Case { dossier, results: 1, ..self.case.clone() }.tried(operation, self.pinned)?;
        Ok(done.map_or_else(|| self.dossier().clone(), |(dossier, _)| dossier))
    }

    fn tried(&self, what: Move) -> Result<Dossier, Refusal> {
        let (dossier, procedure) = (self.dossier(), &self.pinned.procedure);
        let (now, calendar) = (self.now(), WorkingCalendar::vietnam());
        let pick = |stages: Vec<&'static Stage>, number: usize| {
            let stage = (!stages.is_empty()).then(|| stages[number % stages.len()]).ok_or(Refusal::OtherStage)?;
            Ok(HandedOn { stage, to: None, note: None })
        };
        let change = match what {
            Move::Take(by) => dossier.take(procedure, &person(by), now, &calendar)?,
            Move::GiveBack(by) => dossier.give_back(procedure, "x".into(), &person(by), now)?,
            Move::Assign(by, to) => {
                let stage = dossier.may_be_assigned(procedure, &person(by))?;
                if !person(to).roles.contains(&stage.role) {
                    return Err(Refusal::RoleMissing);
                }
                let to = Assignee { official: person(to).id, meant_for: None };
                dossier.assign(procedure, (to, None), &person(by), now, &calendar)?
            }
            Move::Forward(by, to) => {
                let on = pick(dossier.next_stages(procedure), to)?;
                dossier.forward(procedure, on, &person(by), now, &calendar)?
            }
            Move::SendBack(by, to) => {
                let back = pick(dossier.earlier_stages(procedure), to)?;
                dossier.send_back(procedure, back, &person(by), now, &calendar)?
            }
            Move::Complete(by) => return self.by(&person(by), Action::Complete, Operation::Complete),
            Move::Ask(by) => return self.by(&person(by), Action::RequestSupplement, Operation::AskPapersAgain),
            Move::Stop(by) => return self.by(&person(by), Action::Stop, Operation::Stop),
            Move::Resume(by) => return self.by(&person(by), Action::Resume, Operation::Resume),
            Move::Answer => dossier.answer_supplement(procedure, &["CT01".to_owned()], now, &calendar)?,
            Move::Wait(_) => return Ok(dossier.clone()),
        };
        Ok(change.dossier)
    }

    /// Tries all of it; gives every dossier on the way.
    fn walk(&mut self, moves: &[Move]) -> Vec<(Move, Dossier, Dossier)> {
        let mut walked = Vec::new();
        for what in moves.iter().copied() {
            if let Move::Wait(minutes) = what {
                self.case.now += TimeDelta::minutes(minutes);
            } else if let Ok(after) = self.tried(what) {
                let before = std::mem::replace(&mut self.case.dossier, after.clone());
                walked.push((what, before, after));
            }
        }
        walked
    }

    /// Brings it to its end, with as many officials as it takes.
    fn end(&mut self) {
        for step in 0..20_u128 {
            if self.dossier().status == DossierStatus::Completed {
                return;
            }
            let fresh = Actor {
                id: Uuid::from_u128(9000 + step),
                roles: OfficialRole::ALL.to_vec(),
                stands_in_for: Vec::new(),
            };
            let (procedure, calendar) = (&self.pinned.procedure, WorkingCalendar::vietnam());
            let to = Assignee { official: fresh.id, meant_for: None };
            let given = self.dossier().assign(procedure, (to, None), &fresh, self.now(), &calendar);
            self.case.dossier = given.expect("a leader finds somebody new").dossier;
            let stage = self.dossier().stage(procedure).expect("a stage");
            self.case.dossier = match self.dossier().status {
                DossierStatus::SupplementRequested => self.tried(Move::Answer).expect("the papers come"),
                DossierStatus::Stopped => self.by(&fresh, Action::Resume, Operation::Resume).expect("the work goes on"),
                _ if stage.actions.contains(&StageAction::Complete) => {
                    self.by(&fresh, Action::Complete, Operation::Complete).expect("it is completed")
                }
                _ => {
                    let next = towards_the_end(procedure, stage);
                    let on = HandedOn { stage: next, to: None, note: None };
                    self.dossier().forward(procedure, on, &fresh, self.now(), &calendar).expect("it goes on").dossier
                }
            };
        }
        panic!("no end after twenty steps: {:?}", self.dossier().custody);
    }
}

/// The next stage on the shortest way to where it can be completed.
fn towards_the_end<'p>(procedure: &'p Procedure, from: &'p Stage) -> &'p Stage {
    let mut ways: VecDeque<Vec<&Stage>> = VecDeque::from([vec![from]]);
    while let Some(way) = ways.pop_front() {
        let last = way[way.len() - 1];
        if last.actions.contains(&StageAction::Complete) {
            return way[1];
        }
        for next in last.next.iter().filter_map(|code| procedure.stage(code)).filter(|next| !way.contains(next)) {
            ways.push_back([&way[..], &[next]].concat());
        }
    }
    panic!("no way leads from {} to an end", from.code);
}

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
    let draft = Case {
        dossier: super::case::draft(now),
        components: vec!["CT01".into()],
        supplied: Vec::new(),
        results: 0,
        now,
    };
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
