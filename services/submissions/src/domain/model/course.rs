//! A dossier in a process with stages, what officials try with it there, and any walk that is made of that.

use std::{collections::VecDeque, sync::LazyLock};

use chrono::{DateTime, TimeDelta, Utc};
use civic::{DossierStatus, OfficialRole, TimeLimit, WorkingCalendar};
use procedure::{PinnedProcedure, Procedure, Stage, StageAction};
use proptest::{prelude::*, sample::select};
use uuid::Uuid;

use super::case::{Case, Operation, procedure};
use crate::domain::{
    actions::{Action, forward::HandedOn},
    dossier::{Dossier, Refusal},
    staff::Assignee,
    stage::Actor,
};

/// Three that no office has drawn, and the one that is published.
pub static PROCESSES: LazyLock<Vec<PinnedProcedure>> = LazyLock::new(|| {
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
pub enum Move {
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
pub fn person(number: usize) -> Actor {
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
    Actor { id: id(number), roles: roles[number].to_vec(), stands_in_for, citizen_number: None }
}

pub fn any_move() -> impl Strategy<Value = Move> {
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

pub fn any_process() -> impl Strategy<Value = &'static PinnedProcedure> {
    select((0..PROCESSES.len()).collect::<Vec<_>>()).prop_map(|number| &PROCESSES[number])
}

/// A dossier in its process.
pub struct Course {
    pub case: Case,
    pub pinned: &'static PinnedProcedure,
}

impl Course {
    /// Filed and received by `official`.
    pub fn begin(draft: Case, pinned: &'static PinnedProcedure, official: usize) -> Self {
        let mut course = Self { case: draft, pinned };
        let (filed, _) = course.case.tried(Operation::File, pinned).expect("it is filed").expect("it is filed");
        let calendar = WorkingCalendar::vietnam();
        let received = filed.receive(&pinned.procedure, person(official).id, course.case.now, &calendar);
        course.case.dossier = received.expect("it is received").dossier;
        course
    }

    pub fn dossier(&self) -> &Dossier {
        &self.case.dossier
    }

    pub fn now(&self) -> DateTime<Utc> {
        self.case.now
    }

    /// As an official does something that stages allow.
    fn by(&self, by: &Actor, action: Action, operation: Operation) -> Result<Dossier, Refusal> {
        let dossier = self.dossier().at_work(&self.pinned.procedure, action.stage_action(), by, self.now())?;
        let done = Case { dossier, results: 1, ..self.case.clone() }.tried(operation, self.pinned)?;
        Ok(done.map_or_else(|| self.dossier().clone(), |(dossier, _)| dossier))
    }

    pub fn tried(&self, what: Move) -> Result<Dossier, Refusal> {
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
    pub fn walk(&mut self, moves: &[Move]) -> Vec<(Move, Dossier, Dossier)> {
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
    pub fn end(&mut self) {
        for step in 0..20_u128 {
            if self.dossier().status == DossierStatus::Completed {
                return;
            }
            let fresh = Actor {
                id: Uuid::from_u128(9000 + step),
                roles: OfficialRole::ALL.to_vec(),
                stands_in_for: Vec::new(),
                citizen_number: None,
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
