//! Issuing a result document of a dossier that is worked on.

use civic::{DossierStatus, OfficialRole};

use super::{Action, Entry, Who};
use crate::domain::dossier::{Dossier, Refusal};

/// The entry.
pub const ADD_RESULT: Entry = Entry {
    action: Action::AddResult,
    who: Who::Officials(&[OfficialRole::Processor, OfficialRole::Approver]),
    texts: &[],
    choices: &[],
    paper_texts: &[],
    passages: &[],
    when: |facts| facts.dossier.may_take_result(),
};

impl Dossier {
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
