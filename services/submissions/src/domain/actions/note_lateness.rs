//! Recording why a dossier is late, with what proves it. What is recorded stays; another cause is recorded beside it.

use chrono::{DateTime, Utc};
use civic::{
    OfficialRole,
    events::{DossierNoticed, LatenessCause},
};
use uuid::Uuid;

use super::{Action, ChoiceInput, Entry, TextInput, Who};
use crate::domain::{
    dossier::{Change, Dossier, Refusal},
    lateness::Lateness,
};

/// Causes that are recorded of one dossier.
const MOST_CAUSES: usize = 20;

/// What proves it: the number of a letter or ticket, a message, a time.
pub const PROOF: TextInput = TextInput { name: "proof", required: true, min_length: 10, max_length: 1000 };
/// The cause.
pub const CAUSE: ChoiceInput = ChoiceInput {
    name: "cause",
    options: &["OFFICIAL", "APPLICANT", "TAX", "OTHER_AGENCY", "REGISTER", "SYNCHRONISATION", "SYSTEM"],
};

/// The entry.
pub const NOTE_LATENESS: Entry = Entry {
    action: Action::NoteLateness,
    who: Who::Officials(&[OfficialRole::Processor, OfficialRole::Approver, OfficialRole::AgencyAdministrator]),
    texts: &[PROOF],
    choices: &[CAUSE],
    paper_texts: &[],
    passages: &[],
    when: |facts| facts.dossier.may_be_explained(facts.now),
};

impl Dossier {
    /// Whether it is late, worked on or finished, and few enough causes are known.
    fn may_be_explained(&self, now: DateTime<Utc>) -> Result<(), Refusal> {
        match () {
            () if !self.is_late(now) => Err(Refusal::NotLate),
            () if self.lateness.len() >= MOST_CAUSES => Err(Refusal::TooManyCauses),
            () => Ok(()),
        }
    }

    /// An official records a cause.
    ///
    /// # Errors
    /// [`Refusal::NotLate`]; [`Refusal::TooManyCauses`].
    pub fn note_lateness(
        &self,
        cause: LatenessCause,
        proof: String,
        official: Uuid,
        now: DateTime<Utc>,
    ) -> Result<Change<DossierNoticed>, Refusal> {
        self.may_be_explained(now)?;
        let mut dossier = self.changed();
        dossier.lateness.push(Lateness { cause, proof, noted_by: official, noted_at: now });
        Ok(Change { dossier, steps: Vec::new(), event: None })
    }
}

#[cfg(test)]
mod tests {
    use civic::events::LatenessCause;

    use super::CAUSE;

    #[test]
    fn the_choice_offers_every_cause() {
        assert_eq!(CAUSE.options, LatenessCause::ALL.iter().map(|cause| cause.as_str()).collect::<Vec<_>>());
    }
}
