//! Uploading a document of a draft.

use civic::ClockState;

use super::{Action, Entry, Who};
use crate::domain::dossier::{Dossier, Refusal};

/// Documents a draft may have, and the answer to a request.
const MOST_DOCUMENTS: usize = 50;

/// The entry.
pub const ADD_DOCUMENT: Entry = Entry {
    action: Action::AddDocument,
    who: Who::Applicant,
    texts: &[],
    choices: &[],
    paper_texts: &[],
    passages: &[],
    // How many a request has been answered with is counted when one comes.
    when: |facts| match facts.dossier.open_supplement() {
        None => facts.dossier.may_take_document(facts.components.len()),
        Some(_) => Ok(()),
    },
};

impl Dossier {
    /// Whether it may have one more document than `documents`: as a draft, or in answer to the request that is open.
    ///
    /// # Errors
    /// [`Refusal::NotADraft`]; [`Refusal::TooManyDocuments`].
    pub fn may_take_document(&self, documents: usize) -> Result<(), Refusal> {
        if self.open_supplement().is_none() {
            self.may_be_edited()?;
        }
        if documents < MOST_DOCUMENTS { Ok(()) } else { Err(Refusal::TooManyDocuments) }
    }

    /// The open request that a scan for `component` answers; none when it was not asked for.
    pub fn scan_answers(&self, component: &str) -> Option<i32> {
        self.answers_request(component).ok().flatten()
    }

    /// Whether an official adds a scan to `documents` that are there: one that answers the open request, or, while it is not at its end, of a
    /// paper of what came to her by hand or with her help.
    ///
    /// # Errors
    /// [`Refusal::NotAsked`]; [`Refusal::NotTakenInByHand`]; [`Refusal::Status`]; [`Refusal::TooManyDocuments`].
    pub fn may_take_scan(&self, answers: Option<i32>, documents: usize) -> Result<(), Refusal> {
        let is_hers = answers.is_some() || self.is_filed_by_hand();
        match self.status.clock() {
            _ if !is_hers && self.open_supplement().is_some() => Err(Refusal::NotAsked),
            _ if !is_hers => Err(Refusal::NotTakenInByHand),
            ClockState::Ended => Err(Refusal::Status(self.status)),
            _ if documents < MOST_DOCUMENTS => Ok(()),
            _ => Err(Refusal::TooManyDocuments),
        }
    }

    /// The request that a document for `component` answers; none in a draft.
    ///
    /// # Errors
    /// [`Refusal::NotAsked`] when a request is open that does not ask for it.
    pub fn answers_request(&self, component: &str) -> Result<Option<i32>, Refusal> {
        let Some((number, open)) = self.open_supplement() else { return Ok(None) };
        let asked = open.papers.iter().any(|paper| paper.component == component);
        if asked { Ok(Some(number)) } else { Err(Refusal::NotAsked) }
    }

    /// Whether a document that answers this request, or was there before all requests, may be taken out again.
    ///
    /// # Errors
    /// [`Refusal::NotADraft`] once it is filed or sent in.
    pub fn may_lose_document(&self, answers: Option<i32>) -> Result<(), Refusal> {
        match (self.open_supplement(), answers) {
            (Some((open, _)), Some(answered)) if open == answered => Ok(()),
            _ => self.may_be_edited(),
        }
    }
}
