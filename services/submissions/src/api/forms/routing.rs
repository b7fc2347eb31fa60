//! Form 06, from the hand-overs of a dossier: one line each, with how the giver's part ended.

use civic::{DossierStatus, Language};
use documents::{Form, Handover, Outcome, Routing};

use super::source::Source;
use crate::domain::{
    custody::{self, Holder, ends},
    request::RequestKind,
};

/// The form, once somebody received the dossier.
pub fn routing(source: &Source) -> Option<Form> {
    let dossier = &source.dossier;
    let first = dossier.custody.first()?;
    Some(Form::Routing(Routing {
        about: source.about(first.handed_over_at),
        consulted: consulted(source),
        received_at: dossier.received_at,
        due_at: source.filed.due_at,
        handovers: handovers(source),
    }))
}

fn consulted(source: &Source) -> Option<String> {
    let requests = source.dossier.requests.iter().filter(|request| request.kind == RequestKind::Consultation);
    let mut agencies: Vec<_> =
        requests.filter_map(|request| request.asked_of.as_ref()).map(ToString::to_string).collect();
    agencies.dedup();
    Some(agencies.join(", ")).filter(|text| !text.is_empty())
}

fn handovers(source: &Source) -> Vec<Handover> {
    let custody = &source.dossier.custody;
    let before = [None].into_iter().chain(custody.iter().map(Some));
    let mut lines: Vec<_> = before.zip(custody).map(|(before, handover)| line(source, before, handover)).collect();
    lines.extend(the_end(source));
    lines
}

fn line(source: &Source, before: Option<&custody::Handover>, handover: &custody::Handover) -> Handover {
    let stand_in = source.name(handover.meant_for).map(|absent| format!("Nhận thay {absent}."));
    let note: Vec<_> = stand_in.into_iter().chain(handover.note.clone()).collect();
    Handover {
        giver: match &handover.from {
            None => Some(source.dossier.applicant_name.clone()),
            Some(from) => holder(source, from),
        },
        receiver: holder(source, &handover.to),
        handed_over_at: handover.handed_over_at,
        outcome: before.and_then(|part| part.due_at).map(|due| outcome(due, handover.handed_over_at)),
        note: Some(note.join(" ")).filter(|text| !text.is_empty()),
    }
}

/// The last part ends with the work: nobody takes the dossier then.
fn the_end(source: &Source) -> Option<Handover> {
    let dossier = &source.dossier;
    let (last, ended_at) = dossier.custody.last().zip(*ends(&dossier.custody, &dossier.clock).last()?)?;
    let over = matches!(dossier.status, DossierStatus::Completed | DossierStatus::Returned | DossierStatus::Withdrawn);
    over.then(|| Handover {
        giver: holder(source, &last.to),
        receiver: None,
        handed_over_at: ended_at,
        outcome: last.due_at.map(|due| outcome(due, ended_at)),
        note: Some(dossier.status.name(Language::Vi).to_owned()),
    })
}

/// Who has it: the official where her name is known; of what a centre handed over, the agency until somebody there takes it.
fn holder(source: &Source, holder: &Holder) -> Option<String> {
    let handed_over = || source.dossier.taken_at.as_ref().filter(|centre| **centre != holder.agency);
    source.name(holder.official).or_else(|| handed_over().map(|_| source.agency().name.clone()))
}

fn outcome(due: chrono::DateTime<chrono::Utc>, ended: chrono::DateTime<chrono::Utc>) -> Outcome {
    match custody::Outcome::of(due, ended) {
        custody::Outcome::BeforeTime => Outcome::Early,
        custody::Outcome::OnTime => Outcome::OnTime,
        custody::Outcome::Late => Outcome::Late,
    }
}
