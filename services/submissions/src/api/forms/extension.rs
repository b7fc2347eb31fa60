//! Form 04, from the last extension: the clock keeps when the result was due before and since.

use documents::{Extended, Extension, Form};

use super::source::Source;
use crate::domain::{
    clock::PeriodKind,
    dossier::Dossier,
    request::{Request, RequestKind},
};

/// The form, once the due date was put off.
pub fn extension(source: &Source) -> Option<Form> {
    let dossier = &source.dossier;
    let mut all = dossier.requests.iter().filter(|request| request.kind == RequestKind::Extension);
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
    let begun = |kind: &PeriodKind| *kind == PeriodKind::Running;
    let period = dossier.clock.0.iter().find(|period| begun(&period.kind) && period.from == request.asked_at);
    Extended {
        due_before: period.and_then(|period| period.due_before),
        due_after: period.and_then(|period| period.due_after),
        reason: request.text.clone(),
    }
}
