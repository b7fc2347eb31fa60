//! Filling the form of a draft, or taking a document out.

use civic::DossierStatus;

use super::{Action, Entry, Who};
use crate::domain::dossier::{Dossier, Refusal};

/// The entry.
pub const EDIT: Entry = Entry {
    action: Action::Edit,
    who: Who::Applicant,
    texts: &[],
    choices: &[],
    paper_texts: &[],
    passages: &[],
    when: |facts| facts.dossier.may_be_edited(),
};

impl Dossier {
    /// Whether its answers and documents may change.
    ///
    /// # Errors
    /// [`Refusal::NotADraft`].
    pub fn may_be_edited(&self) -> Result<(), Refusal> {
        if self.status == DossierStatus::Draft { Ok(()) } else { Err(Refusal::NotADraft) }
    }
}
