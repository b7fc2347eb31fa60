//! Uploading a document of a draft.

use super::{Action, Entry, Who};
use crate::domain::dossier::{Dossier, Refusal};

/// Documents a dossier may have.
const MOST_DOCUMENTS: usize = 50;

/// The entry.
pub const ADD_DOCUMENT: Entry = Entry {
    action: Action::AddDocument,
    who: Who::Applicant,
    texts: &[],
    when: |facts| facts.dossier.may_take_document(facts.components.len()),
};

impl Dossier {
    /// Whether it may have one more document than `documents`.
    ///
    /// # Errors
    /// [`Refusal::NotADraft`]; [`Refusal::TooManyDocuments`].
    pub fn may_take_document(&self, documents: usize) -> Result<(), Refusal> {
        self.may_be_edited()?;
        if documents < MOST_DOCUMENTS { Ok(()) } else { Err(Refusal::TooManyDocuments) }
    }
}
