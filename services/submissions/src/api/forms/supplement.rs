//! Form 02, from the last request for papers.

use documents::{Contact, Form, Supplement, WantedPaper};

use super::source::Source;
use crate::domain::request::{AskedPaper, RequestKind};

/// The form, once papers were asked for.
pub fn supplement(source: &Source) -> Option<Form> {
    let mut requests = source.dossier.requests.iter().rev();
    let request = requests.find(|request| request.kind == RequestKind::Supplement)?;
    let wanted = |paper: &AskedPaper| WantedPaper {
        name: paper.name(&source.pinned.procedure).vi,
        reason: paper.reason.clone(),
        guidance: paper.guidance.clone(),
    };
    Some(Form::Supplement(Supplement {
        about: source.about(request.asked_at),
        papers: request.papers.iter().map(wanted).collect(),
        message: Some(request.text.clone()).filter(|text| !text.is_empty()),
        answer_by: request.answer_by,
        contact: Contact {
            official: source.name(Some(request.asked_by)),
            phone: source.agency().phone.clone(),
            hours: Some(source.hours.clone()),
        },
        official: source.name(Some(request.asked_by)),
    }))
}
