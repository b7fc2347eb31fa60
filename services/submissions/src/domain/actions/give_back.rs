//! Giving back a dossier that one has, so that nobody has it and others can take it.

use chrono::{DateTime, Utc};
use civic::{OfficialRole, events::DossierNoticed};
use procedure::Procedure;

use super::{Action, Entry, TextInput, Who};
use crate::domain::{
    custody::{Handover, HandoverKind},
    dossier::{Change, Dossier, Refusal},
    stage::Actor,
};

/// The reason, for officials.
pub const REASON: TextInput = TextInput { name: "reason", required: true, min_length: 10, max_length: 1000 };

/// The entry.
pub const GIVE_BACK: Entry = Entry {
    action: Action::GiveBack,
    who: Who::Officials(&[OfficialRole::Receiver, OfficialRole::Processor, OfficialRole::Approver]),
    texts: &[REASON],
    choices: &[],
    paper_texts: &[],
    passages: &[],
    when: |facts| facts.dossier.may_be_given_back(&facts.pinned.procedure, facts.by),
};

impl Dossier {
    fn may_be_given_back(&self, procedure: &Procedure, by: &Actor) -> Result<(), Refusal> {
        self.stage_at_work(procedure)?;
        match self.holder() {
            None => Err(Refusal::NotHeld),
            Some(holder) if !by.is(holder) => Err(Refusal::Held),
            Some(_) => Ok(()),
        }
    }

    /// The official who has it, or her deputy, gives it back.
    ///
    /// # Errors
    /// [`Refusal::Status`] unless it was received and is not at its end; [`Refusal::NoStages`];
    /// [`Refusal::NotHeld`]; [`Refusal::Held`].
    pub fn give_back(
        &self,
        procedure: &Procedure,
        reason: String,
        by: &Actor,
        now: DateTime<Utc>,
    ) -> Result<Change<DossierNoticed>, Refusal> {
        self.may_be_given_back(procedure, by)?;
        let mut given = self.changed();
        given.custody.extend(self.custody.last().map(|last| {
            let back = last.next(HandoverKind::GivingBack, now);
            Handover { done_by: Some(by.id), note: Some(reason), ..back }
        }));
        Ok(Change { dossier: given, steps: Vec::new(), event: None })
    }
}
