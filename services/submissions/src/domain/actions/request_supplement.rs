//! Asking the applicant for further papers (form 02): everything in one request, paper by paper. While the dossier is worked on that
//! is done once; more only for a reason that is kept.

use chrono::{DateTime, Utc};
use civic::{
    DossierStatus, OfficialRole, WorkingCalendar,
    events::{DossierNotice, DossierNoticed, PaperAskedFor},
};
use procedure::Procedure;
use uuid::Uuid;

use super::{Action, Entry, TextInput, Who};
use crate::domain::{
    dossier::{Change, Dossier, Refusal},
    request::{AskedPaper, Request, RequestKind},
};

/// Papers that one request may name.
pub const MOST_PAPERS: usize = 20;
/// What else the applicant reads, for all papers.
pub const MESSAGE: TextInput = TextInput { name: "message", required: false, min_length: 0, max_length: 1000 };
/// Why papers are asked for once more while the dossier is worked on; for officials, and kept.
pub const OVERRIDE_REASON: TextInput =
    TextInput { name: "override_reason", required: false, min_length: 10, max_length: 1000 };
/// Why a paper is asked for.
pub const PAPER_REASON: TextInput = TextInput { name: "reason", required: true, min_length: 0, max_length: 500 };
/// What the applicant should do about it.
pub const PAPER_GUIDANCE: TextInput = TextInput { name: "guidance", required: true, min_length: 0, max_length: 500 };

/// The entry.
pub const REQUEST_SUPPLEMENT: Entry = Entry {
    action: Action::RequestSupplement,
    who: Who::Officials(&[OfficialRole::Receiver, OfficialRole::Processor, OfficialRole::Approver]),
    texts: &[MESSAGE, OVERRIDE_REASON],
    choices: &[],
    paper_texts: &[PAPER_REASON, PAPER_GUIDANCE],
    passages: &[
        (DossierStatus::Registered, DossierStatus::SupplementRequested),
        (DossierStatus::Received, DossierStatus::SupplementRequested),
        (DossierStatus::Processing, DossierStatus::SupplementRequested),
    ],
    when: |facts| facts.dossier.step(DossierStatus::SupplementRequested).map(drop),
};

/// What an official asks for.
#[derive(Clone, Debug)]
pub struct Supplement {
    /// The papers.
    pub papers: Vec<AskedPaper>,
    /// What else the applicant reads.
    pub message: Option<String>,
    /// Why once more.
    pub override_reason: Option<String>,
    /// Until when the papers are waited for.
    pub answer_by: DateTime<Utc>,
}

impl Dossier {
    /// An official asks for further papers. The agency's time stands still, if it had begun.
    ///
    /// # Errors
    /// [`Refusal::Status`] unless it waits to be received or is worked on; [`Refusal::AskedBefore`].
    pub fn request_supplement(
        &self,
        procedure: &Procedure,
        asked: Supplement,
        official: Uuid,
        now: DateTime<Utc>,
        calendar: &WorkingCalendar,
    ) -> Result<Change<DossierNoticed>, Refusal> {
        let step = self.step(DossierStatus::SupplementRequested)?;
        if self.was_asked_while_worked_on() && asked.override_reason.is_none() {
            return Err(Refusal::AskedBefore);
        }
        let notice = self.notice(procedure, DossierNotice::SupplementRequested, now)?;
        let event = DossierNoticed {
            reason: asked.message.clone(),
            papers: asked.papers.iter().map(|paper| paper.told(procedure)).collect(),
            answer_by: Some(asked.answer_by),
            ..notice
        };
        let mut dossier = self.after(step, now, calendar);
        dossier.requests.push(asked.request(official, now));
        Ok(Change { dossier, steps: vec![step], event: Some(event) })
    }

    /// Whether papers were asked for since it was received.
    fn was_asked_while_worked_on(&self) -> bool {
        let asked = |request: &Request| {
            request.kind == RequestKind::Supplement
                && self.received_at.is_some_and(|received| request.asked_at >= received)
        };
        self.requests.iter().any(asked)
    }
}

impl Supplement {
    fn request(self, official: Uuid, now: DateTime<Utc>) -> Request {
        Request {
            answer_by: Some(self.answer_by),
            override_reason: self.override_reason,
            papers: self.papers,
            ..Request::made(RequestKind::Supplement, official, now, self.message.unwrap_or_default())
        }
    }
}

impl AskedPaper {
    fn told(&self, procedure: &Procedure) -> PaperAskedFor {
        let name = self.name(procedure);
        PaperAskedFor { name, reason: self.reason.clone(), guidance: self.guidance.clone() }
    }
}
