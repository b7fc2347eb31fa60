//! Recording why a dossier is late, with what proves it. What is recorded stays; another cause is recorded beside it.

use chrono::{DateTime, Utc};
use civic::{
    OfficialRole,
    events::{DossierLateness, DossierNoticed, LatenessCause, LatenessCount},
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
    /// Whether its time was over at `now`, or when its work ended; what stood still then was not.
    pub fn is_late(&self, now: DateTime<Utc>) -> bool {
        let until = self.clock.0.last().and_then(|last| last.until).unwrap_or(now);
        self.clock.due().is_some_and(|due| self.clock.stood_still_since(until) > due)
    }

    /// Why it is late, as it is counted: what systems alone caused is counted apart, and against a person only what was hers.
    pub fn lateness_told(&self) -> Option<DossierLateness> {
        let causes: Vec<_> = self.lateness.iter().map(|noted| noted.cause).collect();
        let counted = match () {
            () if causes.is_empty() => return None,
            () if causes.contains(&LatenessCause::Official) => LatenessCount::Official,
            () if causes.iter().all(|cause| cause.is_of_systems()) => LatenessCount::Systems,
            () => LatenessCount::Others,
        };
        let official_id = self.had_when_due().filter(|_| counted == LatenessCount::Official);
        Some(DossierLateness { causes, counted, official_id })
    }

    /// Who had it as it fell due.
    fn had_when_due(&self) -> Option<Uuid> {
        let due = self.clock.due()?;
        self.custody.iter().rfind(|handover| handover.handed_over_at <= due)?.to.official
    }

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
