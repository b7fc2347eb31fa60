//! Issuing a result document of a dossier that is worked on.

use civic::{DossierStatus, OfficialRole};

use super::{Action, Entry, Who};
use crate::domain::dossier::{Dossier, Refusal};

/// Results that stand at once: as many as a draft may have documents; an office issues a handful.
const MOST_RESULTS: usize = 50;

/// The entry.
pub const ADD_RESULT: Entry = Entry {
    action: Action::AddResult,
    who: Who::Officials(&[OfficialRole::Processor, OfficialRole::Approver]),
    texts: &[],
    choices: &[],
    paper_texts: &[],
    passages: &[],
    when: |facts| facts.dossier.may_take_another_result(facts.results),
};

impl Dossier {
    /// Whether an official may issue one more than `results` that stand.
    ///
    /// # Errors
    /// As [`Self::may_take_result`]; [`Refusal::TooManyDocuments`].
    pub fn may_take_another_result(&self, results: usize) -> Result<(), Refusal> {
        self.may_take_result()?;
        if results < MOST_RESULTS { Ok(()) } else { Err(Refusal::TooManyDocuments) }
    }

    /// Whether an official is working on its result.
    ///
    /// # Errors
    /// [`Refusal::Status`] unless it was received or is being processed.
    pub fn may_take_result(&self) -> Result<(), Refusal> {
        match self.status {
            DossierStatus::Received | DossierStatus::Processing => Ok(()),
            other => Err(Refusal::Status(other)),
        }
    }
}
