//! Finishing the stage in which a dossier is, and handing it on to the next. At an approver's stage that is her signature.

use chrono::{DateTime, Utc};
use civic::{DossierStatus, OfficialRole, WorkingCalendar, events::DossierNoticed};
use procedure::{Procedure, Stage};

use super::{Action, ChoiceInput, Entry, Who, assign::OFFICIAL, complete::NOTE};
use crate::domain::{
    custody::{Handover, HandoverKind},
    dossier::{Change, Dossier, Refusal},
    staff::Assignee,
    stage::Actor,
};

/// To which stage, where several may follow: which, the process says.
pub const STAGE: ChoiceInput = ChoiceInput { name: "stage", options: &[] };

/// The entry.
pub const FORWARD: Entry = Entry {
    action: Action::Forward,
    who: Who::Officials(&[OfficialRole::Receiver, OfficialRole::Processor, OfficialRole::Approver]),
    texts: &[NOTE],
    choices: &[STAGE, OFFICIAL],
    paper_texts: &[],
    passages: &[(DossierStatus::Received, DossierStatus::Processing)],
    when: |facts| facts.dossier.may_be_forwarded(&facts.pinned.procedure, facts.by).map(drop),
};

/// Where a dossier is handed on to.
#[derive(Clone, Debug)]
pub struct HandedOn<'p> {
    /// The stage.
    pub stage: &'p Stage,
    /// The official, if one is named or chosen.
    pub to: Option<Assignee>,
    /// What is written with it, for officials.
    pub note: Option<String>,
}

impl Dossier {
    /// The stages that may follow its own.
    pub fn next_stages<'p>(&self, procedure: &'p Procedure) -> Vec<&'p Stage> {
        let own = self.stage(procedure).into_iter();
        own.flat_map(|own| own.next.iter().filter_map(|code| procedure.stage(code))).collect()
    }

    /// Whether `by` works on it and its stage has an end.
    ///
    /// # Errors
    /// [`Refusal::Status`] unless it is worked on; [`Refusal::NoStages`]; [`Refusal::LastStage`]; as [`Self::lets`].
    pub fn may_be_forwarded<'p>(&self, procedure: &'p Procedure, by: &Actor) -> Result<&'p Stage, Refusal> {
        let stage = self.stage_running(procedure)?;
        if stage.next.is_empty() {
            return Err(Refusal::LastStage);
        }
        self.is_done_by(stage, by).map(|()| stage)
    }

    /// An official finishes the stage.
    ///
    /// # Errors
    /// As [`Self::may_be_forwarded`]; [`Refusal::OtherStage`] when that stage does not follow; [`Refusal::FourEyes`] when it wants another
    /// than the official to whom it is given.
    pub fn forward(
        &self,
        procedure: &Procedure,
        on: HandedOn<'_>,
        by: &Actor,
        now: DateTime<Utc>,
        calendar: &WorkingCalendar,
    ) -> Result<Change<DossierNoticed>, Refusal> {
        let stage = self.may_be_forwarded(procedure, by)?;
        if !stage.next.contains(&on.stage.code) {
            return Err(Refusal::OtherStage);
        }
        self.in_the_hands_of(stage, by, now).passed(procedure, HandoverKind::Forwarding, on, by, now, calendar)
    }

    /// The dossier, which somebody has: `by`, if it was nobody.
    pub(super) fn in_the_hands_of(&self, stage: &Stage, by: &Actor, now: DateTime<Utc>) -> Self {
        match self.holder() {
            None => self.clone().taken(stage, by, now),
            Some(_) => self.clone(),
        }
    }

    /// What becomes of it when `by` hands it on so.
    pub(super) fn passed(
        self,
        procedure: &Procedure,
        kind: HandoverKind,
        on: HandedOn<'_>,
        by: &Actor,
        now: DateTime<Utc>,
        calendar: &WorkingCalendar,
    ) -> Result<Change<DossierNoticed>, Refusal> {
        let HandedOn { stage, to, note } = on;
        let landing = procedure.passage(stage).pop().unwrap_or(stage);
        let Some(last) = self.custody.last() else { return Err(Refusal::Status(self.status)) };
        let coming = Handover { done_by: Some(by.id), note, ..last.next(kind, now) };
        let come = self.come_to(procedure, stage, coming, calendar);
        // Who acted in the stage that is left has acted by now.
        if to.is_some_and(|to| come.is_of(to.official)) {
            return Err(Refusal::OwnDossier);
        }
        if to.is_some_and(|to| !come.is_for(to.official, landing)) {
            return Err(Refusal::FourEyes);
        }
        come.given(to).handed_on(procedure, now, calendar)
    }
}
