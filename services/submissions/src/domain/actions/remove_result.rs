//! Taking a result back that was issued by mistake, before the dossier is completed with it.

use super::{Action, Entry, Who, add_result::ADD_RESULT};
use crate::domain::dossier::{Dossier, Refusal};

/// The entry. Whoever may issue may take back.
pub const REMOVE_RESULT: Entry = Entry {
    action: Action::RemoveResult,
    who: Who::Officials(ADD_RESULT.who.roles()),
    texts: &[],
    choices: &[],
    paper_texts: &[],
    passages: &[],
    when: |facts| facts.dossier.may_lose_result(facts.results),
};

impl Dossier {
    /// Whether an official may take one of `results` back that stand: nobody was given any of them.
    ///
    /// # Errors
    /// As [`Self::may_take_result`]; [`Refusal::ResultMissing`] when there is none.
    pub fn may_lose_result(&self, results: usize) -> Result<(), Refusal> {
        self.may_take_result()?;
        if results > 0 { Ok(()) } else { Err(Refusal::ResultMissing) }
    }
}
