//! Downloading the result of a completed dossier.

use super::{Action, Entry, Who};
use crate::domain::dossier::{Dossier, Refusal};

/// The entry.
pub const DOWNLOAD_RESULT: Entry = Entry {
    action: Action::DownloadResult,
    who: Who::Applicant,
    texts: &[],
    choices: &[],
    paper_texts: &[],
    passages: &[],
    when: |facts| facts.dossier.may_give_results(),
};

impl Dossier {
    /// Whether its applicant may have its results.
    ///
    /// # Errors
    /// [`Refusal::ResultMissing`] until it is completed.
    pub fn may_give_results(&self) -> Result<(), Refusal> {
        if self.was_completed() { Ok(()) } else { Err(Refusal::ResultMissing) }
    }
}
