//! Deciding against what was applied for: the dossier is completed with a document that says why.

use chrono::{DateTime, Utc};
use civic::{DossierStatus, OfficialRole, WorkingCalendar, events::DossierCompleted};
use procedure::Procedure;

use super::{Action, Entry, TextInput, Who};
use crate::domain::{
    charge::Charge,
    dossier::{Change, Dossier, Refusal},
};

/// The reason of law, which the applicant reads.
pub const REASON: TextInput = TextInput { name: "reason", required: true, min_length: 10, max_length: 500 };

/// The entry.
pub const DECLINE: Entry = Entry {
    action: Action::Decline,
    who: Who::Officials(&[OfficialRole::Processor, OfficialRole::Approver]),
    texts: &[REASON],
    choices: &[],
    paper_texts: &[],
    passages: &[
        (DossierStatus::Received, DossierStatus::Completed),
        (DossierStatus::Processing, DossierStatus::Completed),
        (DossierStatus::Stopped, DossierStatus::Completed),
    ],
    when: |facts| facts.dossier.may_be_declined(),
};

impl Dossier {
    /// Whether an official works on it, or has stopped: nobody decides on what is not paid for.
    ///
    /// # Errors
    /// [`Refusal::ChargeOpen`]; [`Refusal::ConsultationOpen`]; [`Refusal::Status`].
    pub fn may_be_declined(&self) -> Result<(), Refusal> {
        match self.status {
            DossierStatus::Received | DossierStatus::Processing | DossierStatus::Stopped
                if self.charges.iter().any(Charge::is_owed) =>
            {
                Err(Refusal::ChargeOpen)
            }
            DossierStatus::Received | DossierStatus::Processing | DossierStatus::Stopped => self.waits_for_no_opinion(),
            other => Err(Refusal::Status(other)),
        }
    }

    /// An official completes it with a document that says why not.
    ///
    /// # Errors
    /// As [`Self::may_be_declined`].
    pub fn decline(
        &self,
        procedure: &Procedure,
        now: DateTime<Utc>,
        calendar: &WorkingCalendar,
    ) -> Result<Change<DossierCompleted>, Refusal> {
        self.may_be_declined()?;
        let step = self.step(DossierStatus::Completed)?;
        let event = self.completed(procedure, true, now)?;
        let dossier = self.after(step, now, calendar).done(now);
        Ok(Change { dossier, steps: vec![step], event: Some(event) })
    }
}
