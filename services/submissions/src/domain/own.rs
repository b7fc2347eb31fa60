//! Nobody handles what is her own: an official's interest in a dossier.

use civic::{CitizenNumber, Party, PartyKind};
use uuid::Uuid;

use super::{
    dossier::{Dossier, Refusal},
    stage::Actor,
};

impl Dossier {
    /// Whether the account is that of its applicant, or of who filed it for an organisation.
    pub fn is_of(&self, account: Uuid) -> bool {
        let filed_for_others = self.applicant.kind == PartyKind::Organisation && self.filer == account;
        self.applicant == Party::person(account) || filed_for_others
    }

    /// Whether its answers name the person with this number: as the applicant, the child's mother, whoever else.
    pub fn names(&self, person: &CitizenNumber) -> bool {
        // Answers are kept as they were read: numbers without blanks.
        self.answers.contains(&format!("\"{}\"", person.as_str()))
    }

    /// Whether an official may handle it.
    ///
    /// # Errors
    /// [`Refusal::OwnDossier`] when it is hers, or names her.
    pub fn may_be_handled_by(&self, by: &Actor) -> Result<(), Refusal> {
        let is_named = by.citizen_number.as_ref().is_some_and(|number| self.names(number));
        if is_named || self.is_of(by.id) { Err(Refusal::OwnDossier) } else { Ok(()) }
    }
}
