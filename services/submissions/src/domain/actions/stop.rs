//! Stopping the work on a dossier (form 05): the agency's time stands still until it goes on or is decided.

use chrono::{DateTime, Utc};
use civic::{
    DossierStatus, OfficialRole, WorkingCalendar,
    events::{DossierNotice, DossierNoticed},
};
use procedure::Procedure;

use super::{Action, Entry, TextInput, Who};
use crate::domain::dossier::{Change, Dossier, Refusal};

/// The reason, which the applicant reads.
pub const REASON: TextInput = TextInput { name: "reason", required: true, min_length: 10, max_length: 1000 };

/// The entry.
pub const STOP: Entry = Entry {
    action: Action::Stop,
    who: Who::Officials(&[OfficialRole::Processor, OfficialRole::Approver]),
    texts: &[REASON],
    choices: &[],
    paper_texts: &[],
    passages: &[
        (DossierStatus::Received, DossierStatus::Stopped),
        (DossierStatus::Processing, DossierStatus::Stopped),
        (DossierStatus::SupplementRequested, DossierStatus::Stopped),
        (DossierStatus::FeeDue, DossierStatus::Stopped),
    ],
    when: |facts| facts.dossier.may_be_stopped(),
};

impl Dossier {
    /// Whether there is work to stop: there is none on what was never received.
    fn may_be_stopped(&self) -> Result<(), Refusal> {
        self.received_at.ok_or(Refusal::Status(self.status))?;
        self.step(DossierStatus::Stopped).map(drop)
    }

    /// An official stops the work on it.
    ///
    /// # Errors
    /// [`Refusal::Status`] unless it was received and is not at its end.
    pub fn stop(
        &self,
        procedure: &Procedure,
        reason: &str,
        now: DateTime<Utc>,
        calendar: &WorkingCalendar,
    ) -> Result<Change<DossierNoticed>, Refusal> {
        self.may_be_stopped()?;
        let step = self.step(DossierStatus::Stopped)?;
        let notice = self.notice(procedure, DossierNotice::Stopped, now)?;
        let event = DossierNoticed { reason: Some(reason.to_owned()), ..notice };
        Ok(Change { dossier: self.after(step, now, calendar), steps: vec![step], event: Some(event) })
    }
}
