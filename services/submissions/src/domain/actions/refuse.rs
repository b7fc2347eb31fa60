//! Refusing to receive a dossier, for a reason of law (form 03). What failed in the system is no reason: nothing here can be undone.

use chrono::{DateTime, Utc};
use civic::{
    DossierStatus, OfficialRole, WorkingCalendar,
    events::{DossierNotice, DossierNoticed},
};
use procedure::Procedure;

use super::{Action, Entry, TextInput, Who};
use crate::domain::dossier::{Change, Dossier, Refusal};

/// The reason of law, which the applicant reads.
pub const REASON: TextInput = TextInput { name: "reason", required: true, min_length: 10, max_length: 1000 };

/// The entry.
pub const REFUSE: Entry = Entry {
    action: Action::Refuse,
    who: Who::Officials(&[OfficialRole::Receiver]),
    texts: &[REASON],
    choices: &[],
    paper_texts: &[],
    passages: &[
        (DossierStatus::Registered, DossierStatus::NotReceived),
        (DossierStatus::SupplementRequested, DossierStatus::NotReceived),
    ],
    when: |facts| facts.dossier.may_be_refused(),
};

impl Dossier {
    /// Whether it may still be refused: what was received is decided on, not refused.
    fn may_be_refused(&self) -> Result<(), Refusal> {
        match (self.status, self.received_at) {
            (DossierStatus::Registered | DossierStatus::SupplementRequested, None) => Ok(()),
            (other, _) => Err(Refusal::Status(other)),
        }
    }

    /// An official refuses to receive it.
    ///
    /// # Errors
    /// [`Refusal::Status`] unless it waits to be received, or for papers without having been received.
    pub fn refuse(
        &self,
        procedure: &Procedure,
        reason: &str,
        now: DateTime<Utc>,
        calendar: &WorkingCalendar,
    ) -> Result<Change<DossierNoticed>, Refusal> {
        self.may_be_refused()?;
        let step = self.step(DossierStatus::NotReceived)?;
        let notice = self.notice(procedure, DossierNotice::NotReceived, now)?;
        let event = DossierNoticed { reason: Some(reason.to_owned()), ..notice };
        Ok(Change { dossier: self.after(step, now, calendar), steps: vec![step], event: Some(event) })
    }
}
