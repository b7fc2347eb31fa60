//! Giving a dossier to an official of its stage, whoever had it.

use chrono::{DateTime, Utc};
use civic::{DossierStatus, OfficialRole, WorkingCalendar, events::DossierNoticed};
use procedure::{Procedure, Stage};

use super::{Action, ChoiceInput, Entry, Who, complete::NOTE};
use crate::domain::{
    custody::{Handover, HandoverKind},
    dossier::{Change, Dossier, Refusal},
    place::Place,
    staff::Assignee,
    stage::Actor,
};

/// To whom it is given: which officials there are, the agency knows.
pub const OFFICIAL: ChoiceInput = ChoiceInput { name: "official", options: &[] };

/// The entry.
pub const ASSIGN: Entry = Entry {
    action: Action::Assign,
    who: Who::Officials(&[
        OfficialRole::Receiver,
        OfficialRole::Processor,
        OfficialRole::Approver,
        OfficialRole::AgencyAdministrator,
    ]),
    texts: &[NOTE],
    choices: &[OFFICIAL],
    paper_texts: &[],
    passages: &[(DossierStatus::Received, DossierStatus::Processing)],
    when: |facts| facts.dossier.may_be_assigned(&facts.pinned.procedure, facts.by).map(drop),
};

impl Dossier {
    /// Whether `by` leads there, or has it; gives the stage whose officials it may be given to.
    ///
    /// # Errors
    /// [`Refusal::Status`] unless it was received and is not at its end; [`Refusal::NoStages`];
    /// [`Refusal::RoleMissing`].
    pub fn may_be_assigned<'p>(&self, procedure: &'p Procedure, by: &Actor) -> Result<&'p Stage, Refusal> {
        let stage = self.stage_at_work(procedure)?;
        let leads =
            [OfficialRole::Approver, OfficialRole::AgencyAdministrator].iter().any(|role| by.roles.contains(role));
        let has = self.holder().is_some_and(|holder| by.is(holder));
        if leads || has { Ok(stage) } else { Err(Refusal::RoleMissing) }
    }

    /// It is given to an official, who holds the role of its stage.
    ///
    /// # Errors
    /// As [`Self::may_be_assigned`]; [`Refusal::OwnDossier`] when it is hers, [`Refusal::FourEyes`] when the stage wants another than her.
    pub fn assign(
        &self,
        procedure: &Procedure,
        (to, note): (Assignee, Option<String>),
        by: &Actor,
        now: DateTime<Utc>,
        calendar: &WorkingCalendar,
    ) -> Result<Change<DossierNoticed>, Refusal> {
        let stage = self.may_be_assigned(procedure, by)?;
        if self.is_of(to.official) {
            return Err(Refusal::OwnDossier);
        }
        if !self.is_for(to.official, stage) {
            return Err(Refusal::FourEyes);
        }
        let mut given = Self { place: Some(Place::from(stage)), ..self.clone() };
        given.custody.extend(self.custody.last().map(|last| {
            let next = last.next(HandoverKind::Assignment, now);
            Handover { stage: Some(stage.code.clone()), done_by: Some(by.id), note, ..next }
        }));
        given.given(Some(to)).handed_on(procedure, now, calendar)
    }
}
