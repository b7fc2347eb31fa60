//! Whatever there can be: the strategies of the properties.

use chrono::{DateTime, TimeDelta, Utc};
use civic::{ClockState, DossierStatus, TimeLimit, Vnd, WorkingCalendar, events::OrderState};
use procedure::Fee;
use proptest::{option, prelude::*, sample::select};
use uuid::Uuid;

use super::{
    super::{
        charge::Charge,
        clock::Clock,
        dossier::{Dossier, Filed},
    },
    case::{Case, LIMITS, Operation, answers, draft, request},
};

pub fn any_operation() -> impl Strategy<Value = Operation> {
    use Operation::{
        AnswerConsultation, AskPapers, AskPapersAgain, CancelCharge, CancelConsultation, Charge, Complete, Consult,
        Correct, CorrectAnew, Decline, Extend, ExtendAgain, File, Issue, Lapse, Pay, PayAnotherAmount, PayAnotherOrder,
        Receive, Refuse, Resume, Return, SendPapers, Stop, Supply, TakePapers, Wait, Withdraw,
    };
    let working = select(vec![File, Receive, Issue, Complete, Pay, PayAnotherOrder, PayAnotherAmount]);
    let waiting = select(vec![AskPapers, AskPapersAgain, Supply, SendPapers, TakePapers, Lapse, Stop, Resume]);
    let further = select(vec![
        Charge,
        CancelCharge,
        Extend,
        ExtendAgain,
        Correct,
        CorrectAnew,
        Consult,
        AnswerConsultation,
        CancelConsultation,
    ]);
    let operations =
        prop_oneof![4 => working, 4 => waiting, 2 => further, 1 => select(vec![Refuse, Withdraw, Decline, Return])];
    prop_oneof![3 => operations, 1 => (0..20_000_i64).prop_map(Wait)]
}

fn any_moment() -> impl Strategy<Value = DateTime<Utc>> {
    (0..365 * 24 * 60_i64).prop_map(|minutes| begin() + TimeDelta::minutes(minutes))
}

fn begin() -> DateTime<Utc> {
    "2026-01-01T00:00:00Z".parse().expect("a moment")
}

pub fn any_procedure() -> impl Strategy<Value = (bool, TimeLimit)> {
    (any::<bool>(), select(LIMITS.to_vec()))
}

/// A complete draft, about to be tried.
pub fn any_draft() -> impl Strategy<Value = Case> {
    any_moment().prop_map(|now| Case {
        dossier: draft(now),
        components: vec!["CT01".into()],
        supplied: Vec::new(),
        results: 0,
        now,
    })
}

fn charge_of(total: i64, paid_at: Option<DateTime<Utc>>) -> Charge {
    let total = Vnd::new(total).expect("an amount");
    let state = if paid_at.is_some() { OrderState::Paid } else { OrderState::Due };
    Charge { state, paid_at, ..Charge::in_advance(Uuid::from_u128(1), Fee { lines: Vec::new(), total }, begin()) }
}

/// A dossier in any status, those too that no operation leads to yet.
pub fn any_case() -> impl Strategy<Value = Case> {
    let charge = (1..1_000_000_i64, option::of(any_moment()));
    let parts = (select(DossierStatus::ALL.to_vec()), option::of(charge), any::<bool>(), any::<bool>());
    (parts, 0..3_usize, option::of(any_moment()), any_moment()).prop_map(
        |((status, charge, complete, papers), results, completed_at, now)| {
            let charges = charge.map(|(total, paid_at)| charge_of(total, paid_at)).into_iter().collect();
            let begun = status.clock() != ClockState::Off && status != DossierStatus::NotReceived;
            let clock = if begun { Clock::start(now, now) } else { Clock::default() };
            let clock = clock.turn(status, now, &WorkingCalendar::vietnam());
            let received_at = begun.then_some(now);
            let code = "H44.100-260721-0001".parse().expect("a code");
            let filed = (status != DossierStatus::Draft).then_some(Filed { code, submitted_at: now, due_at: now });
            let is_finished = matches!(status, DossierStatus::Completed | DossierStatus::Returned);
            let completed_at = is_finished.then(|| completed_at.unwrap_or(now));
            let answers = answers(complete);
            let requests = match status {
                DossierStatus::SupplementRequested => vec![request(now)],
                _ => Vec::new(),
            };
            let dossier = draft(now);
            let dossier =
                Dossier { status, charges, clock, received_at, filed, completed_at, answers, requests, ..dossier };
            let components = if papers { vec!["CT01".to_owned()] } else { Vec::new() };
            Case { dossier, supplied: components.clone(), components, results, now }
        },
    )
}
