//! Form 04, from the last extension or apology: the clock keeps when the result was due before and since, an apology for when it is promised.

use documents::{Extended, Extension, Form};

use super::source::Source;
use crate::domain::{
    clock::{Period, PeriodKind},
    dossier::Dossier,
    request::{Request, RequestKind},
};

/// The form, once the due date was put off.
pub fn extension(source: &Source) -> Option<Form> {
    let dossier = &source.dossier;
    let kinds = [RequestKind::Extension, RequestKind::Apology];
    let mut all = dossier.requests.iter().filter(|request| kinds.contains(&request.kind));
    let last = all.next_back()?;
    Some(Form::Extension(Extension {
        about: source.about(last.asked_at),
        received_at: dossier.received_at,
        extended: extended(dossier, last),
        earlier: all.map(|request| extended(dossier, request)).collect(),
        signer: source.name(Some(last.asked_by)),
    }))
}

fn extended(dossier: &Dossier, request: &Request) -> Extended {
    if request.kind == RequestKind::Apology {
        return promised(dossier, request);
    }
    let begun = |kind: &PeriodKind| *kind == PeriodKind::Running;
    let period = dossier.clock.0.iter().find(|period| begun(&period.kind) && period.from == request.asked_at);
    Extended {
        due_before: period.and_then(|period| period.due_before),
        due_after: period.and_then(|period| period.due_after),
        reason: request.text.clone(),
    }
}

/// When it was due as the agency apologised, and when it is promised.
fn promised(dossier: &Dossier, request: &Request) -> Extended {
    let until = |period: &&Period| period.from <= request.asked_at;
    let due = dossier.clock.0.iter().rfind(until).and_then(|period| period.due_after.or(period.due_before));
    Extended { due_before: due, due_after: request.answer_by, reason: request.text.clone() }
}
