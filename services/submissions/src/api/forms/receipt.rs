//! Form 01, from a dossier that was received.

use std::collections::BTreeMap;

use documents::{Form, Paper, Receipt};
use procedure::{Component, Procedure};

use super::{
    source::Source,
    words::{return_way, time_limit},
};
use crate::{domain::intake::HandedPaper, store::documents::Document};

/// The form, once somebody received the dossier.
pub fn receipt(source: &Source) -> Option<Form> {
    let Source { dossier, pinned, documents, handed_papers, .. } = source;
    let received_at = dossier.received_at?;
    let answers = serde_json::from_str(&dossier.answers).unwrap_or_default();
    // The first period of its time began with the receipt, and says what was promised then.
    let promised = dossier.clock.0.first().and_then(|first| first.due_after).unwrap_or(source.filed.due_at);
    let first = dossier.custody.first().and_then(|first| first.to.official);
    Some(Form::Receipt(Receipt {
        about: source.about(received_at),
        papers: [handed(&pinned.procedure, handed_papers), papers(&pinned.procedure, documents)].concat(),
        time_limit: time_limit(pinned.procedure.time_limit_of(dossier.channel, &answers)),
        received_at,
        due_at: promised,
        due_now: Some(source.filed.due_at).filter(|now| *now != promised),
        return_way: Some(return_way(&source.wanted)),
        receiver: source.name(first),
    }))
}

/// The papers that were handed in at the counter, in the procedure's order.
fn handed(procedure: &Procedure, handed: &[HandedPaper]) -> Vec<Paper> {
    let line = |name: &str, count: i16, kind: &str| {
        let count = usize::try_from(count).ok().filter(|count| *count > 0)?;
        Some(Paper { name: name.to_owned(), count, kind: kind.to_owned() })
    };
    let paper = |component: &Component| {
        let paper = handed.iter().find(|paper| paper.component == component.code)?;
        let name = &component.name.vi;
        Some([line(name, paper.originals, "Bản chính"), line(name, paper.copies, "Bản sao")])
    };
    procedure.components.iter().filter_map(paper).flatten().flatten().collect()
}

/// The files that came with the dossier, in the procedure's order.
fn papers(procedure: &Procedure, documents: &[Document]) -> Vec<Paper> {
    let mut counts: BTreeMap<usize, (String, usize)> = BTreeMap::new();
    for document in documents.iter().filter(|document| document.request.is_none()) {
        let mut components = procedure.components.iter().enumerate();
        let known = components.find(|(_, component)| component.code == document.component);
        let (place, name) = known.map_or((usize::MAX, &document.component), |(place, it)| (place, &it.name.vi));
        counts.entry(place).or_insert_with(|| (name.clone(), 0)).1 += 1;
    }
    let kind = "Bản điện tử";
    counts.into_values().map(|(name, count)| Paper { name, count, kind: kind.to_owned() }).collect()
}
