//! Sending a dossier back to a stage that it came from, with a reason.

use chrono::{DateTime, Utc};
use civic::{DossierStatus, OfficialRole, WorkingCalendar, events::DossierNoticed};
use procedure::{Procedure, Stage};
use uuid::Uuid;

use super::{
    Action, Entry, TextInput, Who,
    forward::{HandedOn, STAGE},
};
use crate::domain::{
    custody::HandoverKind,
    dossier::{Change, Dossier, Refusal},
    stage::Actor,
};

/// The reason, for officials.
pub const REASON: TextInput = TextInput { name: "reason", required: true, min_length: 10, max_length: 1000 };

/// The entry.
pub const SEND_BACK: Entry = Entry {
    action: Action::SendBack,
    who: Who::Officials(&[OfficialRole::Receiver, OfficialRole::Processor, OfficialRole::Approver]),
    texts: &[REASON],
    choices: &[STAGE],
    paper_texts: &[],
    passages: &[(DossierStatus::Received, DossierStatus::Processing)],
    when: |facts| facts.dossier.may_be_sent_back(&facts.pinned.procedure, facts.by).map(drop),
};

impl Dossier {
    /// The stages that it came from and that somebody decides in, the last one first.
    pub fn earlier_stages<'p>(&self, procedure: &'p Procedure) -> Vec<&'p Stage> {
        let own = self.stage(procedure).map(|own| &own.code);
        let mut earlier: Vec<&Stage> = Vec::new();
        for code in self.custody.iter().rev().filter_map(|handover| handover.stage.as_deref()) {
            let stage = procedure.stage(code).filter(|stage| Some(&stage.code) != own && !stage.passes_by_itself());
            earlier.extend(stage.filter(|stage| !earlier.contains(stage)));
        }
        earlier
    }

    /// Who had it last in a stage.
    pub fn last_in(&self, stage: &Stage) -> Option<Uuid> {
        let there = self.custody.iter().rev().filter(|handover| handover.stage.as_ref() == Some(&stage.code));
        there.filter_map(|handover| handover.to.official).next()
    }

    /// Whether `by` works on it, and it came from somewhere; gives where.
    ///
    /// # Errors
    /// [`Refusal::Status`] unless it is worked on; [`Refusal::NoStages`]; [`Refusal::FirstStage`] when it came from nowhere; as [`Self::lets`].
    pub fn may_be_sent_back<'p>(&self, procedure: &'p Procedure, by: &Actor) -> Result<Vec<&'p Stage>, Refusal> {
        let stage = self.stage_running(procedure)?;
        let earlier = self.earlier_stages(procedure);
        if earlier.is_empty() {
            return Err(Refusal::FirstStage);
        }
        self.is_done_by(stage, by).map(|()| earlier)
    }

    /// An official sends it back.
    ///
    /// # Errors
    /// As [`Self::may_be_sent_back`]; [`Refusal::OtherStage`] when it did not come from there.
    pub fn send_back(
        &self,
        procedure: &Procedure,
        back: HandedOn<'_>,
        by: &Actor,
        now: DateTime<Utc>,
        calendar: &WorkingCalendar,
    ) -> Result<Change<DossierNoticed>, Refusal> {
        if !self.may_be_sent_back(procedure, by)?.contains(&back.stage) {
            return Err(Refusal::OtherStage);
        }
        let stage = self.stage_running(procedure)?;
        self.in_the_hands_of(stage, by, now).passed(procedure, HandoverKind::SendingBack, back, by, now, calendar)
    }
}
