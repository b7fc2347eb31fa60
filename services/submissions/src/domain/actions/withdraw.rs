//! Taking a dossier back: its applicant may, until it is decided.

use chrono::{DateTime, Utc};
use civic::{
    DossierStatus, WorkingCalendar,
    events::{DossierNotice, DossierNoticed},
};
use procedure::Procedure;

use super::{Action, Entry, TextInput, Who};
use crate::domain::dossier::{Change, Dossier, Refusal, Step};

/// Why, if the applicant wants to say so.
pub const REASON: TextInput = TextInput { name: "reason", required: false, min_length: 0, max_length: 1000 };

/// The entry.
pub const WITHDRAW: Entry = Entry {
    action: Action::Withdraw,
    who: Who::Applicant,
    texts: &[REASON],
    choices: &[],
    paper_texts: &[],
    passages: &[
        (DossierStatus::Registered, DossierStatus::Withdrawn),
        (DossierStatus::Received, DossierStatus::Withdrawn),
        (DossierStatus::Processing, DossierStatus::Withdrawn),
        (DossierStatus::SupplementRequested, DossierStatus::Withdrawn),
        (DossierStatus::FeeDue, DossierStatus::Withdrawn),
    ],
    when: |facts| facts.dossier.may_be_withdrawn().map(drop),
};

impl Dossier {
    /// Whether it can be taken back: what was decided cannot, though it is taken up again to be corrected.
    fn may_be_withdrawn(&self) -> Result<Step, Refusal> {
        match self.was_completed() {
            true => Err(Refusal::Status(self.status)),
            false => self.step(DossierStatus::Withdrawn),
        }
    }

    /// Its applicant takes it back.
    ///
    /// # Errors
    /// [`Refusal::Status`] when it is a draft, stopped, or at its end.
    pub fn withdraw(
        &self,
        procedure: &Procedure,
        reason: Option<&str>,
        now: DateTime<Utc>,
        calendar: &WorkingCalendar,
    ) -> Result<Change<DossierNoticed>, Refusal> {
        let step = self.may_be_withdrawn()?;
        let notice = self.notice(procedure, DossierNotice::Withdrawn, now)?;
        let event = DossierNoticed { reason: reason.map(ToOwned::to_owned), ..notice };
        Ok(Change { dossier: self.after(step, now, calendar), steps: vec![step], event: Some(event) })
    }
}
