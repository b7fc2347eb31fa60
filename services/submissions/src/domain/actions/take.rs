//! Taking on a dossier that nobody has.

use chrono::{DateTime, Utc};
use civic::{DossierStatus, OfficialRole, WorkingCalendar, events::DossierNoticed};
use procedure::{Procedure, Stage};

use super::{Action, Entry, Who};
use crate::domain::{
    dossier::{Change, Dossier, Refusal},
    stage::Actor,
};

/// The entry.
pub const TAKE: Entry = Entry {
    action: Action::Take,
    who: Who::Officials(&[OfficialRole::Receiver, OfficialRole::Processor, OfficialRole::Approver]),
    texts: &[],
    choices: &[],
    paper_texts: &[],
    passages: &[(DossierStatus::Received, DossierStatus::Processing)],
    when: |facts| facts.dossier.may_be_taken(&facts.pinned.procedure, facts.by).map(drop),
};

impl Dossier {
    fn may_be_taken<'p>(&self, procedure: &'p Procedure, by: &Actor) -> Result<&'p Stage, Refusal> {
        let stage = self.stage_at_work(procedure)?;
        if self.holder().is_some() {
            return Err(Refusal::Held);
        }
        self.is_done_by(stage, by).map(|()| stage)
    }

    /// An official takes it on.
    ///
    /// # Errors
    /// [`Refusal::Status`] unless it was received and is not at its end; [`Refusal::NoStages`];
    /// [`Refusal::Held`]; [`Refusal::RoleMissing`]; [`Refusal::FourEyes`].
    pub fn take(
        &self,
        procedure: &Procedure,
        by: &Actor,
        now: DateTime<Utc>,
        calendar: &WorkingCalendar,
    ) -> Result<Change<DossierNoticed>, Refusal> {
        let stage = self.may_be_taken(procedure, by)?;
        self.clone().taken(stage, by, now).handed_on(procedure, now, calendar)
    }
}
