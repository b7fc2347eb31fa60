//! Going on with a dossier on which the work was stopped: the working time that was left is counted from then on.

use chrono::{DateTime, Utc};
use civic::{
    DossierStatus, OfficialRole, WorkingCalendar,
    events::{DossierNotice, DossierNoticed},
};
use procedure::Procedure;

use super::{Action, Entry, Who, complete::NOTE};
use crate::domain::{
    charge::Charge,
    dossier::{Change, Dossier, Refusal},
};

/// The entry.
pub const RESUME: Entry = Entry {
    action: Action::Resume,
    who: Who::Officials(&[OfficialRole::Processor, OfficialRole::Approver]),
    texts: &[NOTE],
    choices: &[],
    paper_texts: &[],
    passages: &[(DossierStatus::Stopped, DossierStatus::Processing)],
    when: |facts| facts.dossier.may_be_resumed(),
};

impl Dossier {
    /// Whether the work on it was stopped and can go on: nobody works on what is not paid for, or was given back.
    fn may_be_resumed(&self) -> Result<(), Refusal> {
        match self.status {
            DossierStatus::Stopped if self.waits_for_fee() => Err(Refusal::ChargeOpen),
            DossierStatus::Stopped if self.charges.iter().any(Charge::went_back) => Err(Refusal::FeeWentBack),
            DossierStatus::Stopped => Ok(()),
            other => Err(Refusal::Status(other)),
        }
    }

    /// An official goes on with it.
    ///
    /// # Errors
    /// [`Refusal::Status`] unless it is stopped; [`Refusal::ChargeOpen`]; [`Refusal::FeeWentBack`].
    pub fn resume(
        &self,
        procedure: &Procedure,
        now: DateTime<Utc>,
        calendar: &WorkingCalendar,
    ) -> Result<Change<DossierNoticed>, Refusal> {
        self.may_be_resumed()?;
        let step = self.step(DossierStatus::Processing)?;
        let dossier = self.after(step, now, calendar);
        let notice = self.notice(procedure, DossierNotice::Resumed, now)?;
        let event = DossierNoticed { due_at: dossier.clock.due(), ..notice };
        Ok(Change { dossier, steps: vec![step], event: Some(event) })
    }
}
