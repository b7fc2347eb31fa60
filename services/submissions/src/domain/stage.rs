//! Who may do what with a dossier in the stage where it is, and how it comes from stage to stage.

use chrono::{DateTime, TimeDelta, Utc};
use civic::{
    CitizenNumber, ClockState, DossierStatus, OfficialRole, WorkingCalendar,
    events::{DossierNotice, DossierNoticed},
};
use procedure::{Procedure, Stage, StageAction};
use uuid::Uuid;

use super::{
    custody::{Handover, HandoverKind},
    dossier::{Change, Dossier, Refusal},
    staff::Assignee,
};

/// An official who acts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Actor {
    /// Who.
    pub id: Uuid,
    /// The roles held at the dossier's agency.
    pub roles: Vec<OfficialRole>,
    /// The absent officials there in whose place she acts now.
    pub stands_in_for: Vec<Uuid>,
    /// Her citizen number, if it is known.
    pub citizen_number: Option<CitizenNumber>,
}

impl Actor {
    /// Whether what `holder` has is hers to do.
    pub(super) fn is(&self, holder: Uuid) -> bool {
        self.id == holder || self.stands_in_for.contains(&holder)
    }
}

impl Dossier {
    /// Whether it was received and is not at its end.
    pub fn is_in_hand(&self) -> bool {
        self.received_at.is_some() && !matches!(self.status.clock(), ClockState::Ended | ClockState::Off)
    }

    /// Who has it to do; nobody before it is received, after its end, or in a process without stages.
    pub fn holder(&self) -> Option<Uuid> {
        self.place.as_ref().filter(|_| self.is_in_hand())?;
        self.custody.last()?.to.official
    }

    /// By when its stage is due.
    pub fn stage_due_at(&self) -> Option<DateTime<Utc>> {
        self.place.as_ref().filter(|_| self.is_in_hand())?;
        self.custody.last()?.due_at
    }

    /// The stage it is in. One that the version before received is where receiving leaves a dossier.
    pub fn stage<'p>(&self, procedure: &'p Procedure) -> Option<&'p Stage> {
        self.received_at?;
        match &self.place {
            Some(place) => procedure.stage(&place.stage),
            None => procedure.passage(procedure.process.first()?).pop(),
        }
    }

    /// The status in which the work on it goes on after a pause: processing, once it has left the stage where it was received.
    pub fn goes_on_as(&self, procedure: &Procedure) -> DossierStatus {
        let first = procedure.process.first().map(|stage| &stage.code);
        let elsewhere = |handover: &Handover| handover.stage.as_ref().is_some_and(|stage| Some(stage) != first);
        let at_reception = self.stage(procedure).is_some_and(|stage| Some(&stage.code) == first);
        if at_reception && !self.custody.iter().any(elsewhere) {
            DossierStatus::Received
        } else {
            DossierStatus::Processing
        }
    }

    /// Who acted on it in the stage `code`: had it there, did something in the place of who had it, or handed it on from there.
    fn acted_in<'a>(&'a self, code: &'a str) -> impl Iterator<Item = Uuid> + 'a {
        let finished = |next: &Handover| matches!(next.kind, HandoverKind::Forwarding | HandoverKind::SendingBack);
        let on = self.custody.iter().skip(1).map(move |next| next.done_by.filter(|_| finished(next))).chain([None]);
        let there = self.custody.iter().zip(on).filter(move |(had, _)| had.stage.as_deref() == Some(code));
        there.flat_map(|(had, done_by)| had.to.official.into_iter().chain(had.deputies.iter().copied()).chain(done_by))
    }

    /// Whether `official` is another than who acted where the stage wants somebody else, and it is not her own.
    pub fn is_for(&self, official: Uuid, stage: &Stage) -> bool {
        !self.is_of(official) && !stage.other_than.iter().any(|code| self.acted_in(code).any(|acted| acted == official))
    }

    /// Whether its stage, who has it and who acted before let `by` do `needed`. What the process does not speak of, it does not limit;
    /// nobody handles her own.
    ///
    /// # Errors
    /// [`Refusal::OwnDossier`], [`Refusal::OtherStage`], [`Refusal::RoleMissing`], [`Refusal::Held`], [`Refusal::FourEyes`].
    pub fn lets(&self, procedure: &Procedure, needed: Option<StageAction>, by: &Actor) -> Result<(), Refusal> {
        self.may_be_handled_by(by)?;
        let Some(stage) = self.stage(procedure).filter(|_| self.is_in_hand()) else { return Ok(()) };
        let Some(needed) = needed.filter(|action| procedure.speaks_of(*action)) else { return Ok(()) };
        if !stage.actions.contains(&needed) {
            return Err(Refusal::OtherStage);
        }
        self.is_done_by(stage, by)
    }

    /// Whether `by` is who works on it in this stage, or could take it.
    pub(super) fn is_done_by(&self, stage: &Stage, by: &Actor) -> Result<(), Refusal> {
        match self.holder() {
            _ if !by.roles.contains(&stage.role) => Err(Refusal::RoleMissing),
            Some(holder) if !by.is(holder) => Err(Refusal::Held),
            _ if !self.is_for(by.id, stage) => Err(Refusal::FourEyes),
            _ => Ok(()),
        }
    }

    /// The dossier as `by` does `needed` with it: what nobody had she has taken, and what another has names her as deputy. Nothing is counted
    /// as a change yet.
    ///
    /// # Errors
    /// As [`Self::lets`].
    pub fn at_work(
        &self,
        procedure: &Procedure,
        needed: Option<StageAction>,
        by: &Actor,
        now: DateTime<Utc>,
    ) -> Result<Self, Refusal> {
        self.lets(procedure, needed, by)?;
        let stage = self.stage(procedure).filter(|_| self.is_in_hand());
        let spoken_of = needed.is_some_and(|action| procedure.speaks_of(action));
        Ok(match (stage.filter(|_| spoken_of), self.holder()) {
            (Some(stage), None) => self.clone().taken(stage, by, now),
            (Some(_), Some(holder)) if holder != by.id => self.clone().with_deputy(by.id),
            _ => self.clone(),
        })
    }

    fn with_deputy(mut self, deputy: Uuid) -> Self {
        if let Some(last) = self.custody.last_mut().filter(|last| !last.deputies.contains(&deputy)) {
            last.deputies.push(deputy);
        }
        self
    }

    /// The dossier in the hands of `by`, who takes it in its stage.
    pub(super) fn taken(mut self, stage: &Stage, by: &Actor, now: DateTime<Utc>) -> Self {
        let Some(last) = self.custody.last() else { return self };
        let mut taking = last.next(HandoverKind::Taking, now);
        (taking.to.official, taking.accepted_at) = (Some(by.id), Some(taking.handed_over_at));
        taking.stage = Some(stage.code.clone());
        self.custody.push(taking);
        Self { place: Some(stage.into()), ..self }
    }

    /// The dossier after it came to `stage` by this hand-over, and through those that pass by themselves.
    pub(super) fn come_to(
        mut self,
        procedure: &Procedure,
        stage: &Stage,
        mut coming: Handover,
        calendar: &WorkingCalendar,
    ) -> Self {
        for stage in procedure.passage(stage) {
            let now = coming.handed_over_at;
            coming.stage = Some(stage.code.clone());
            coming.due_at = self.due_in(stage, now, calendar);
            let passing = coming.next(HandoverKind::Passing, now);
            self.custody.push(coming);
            coming = passing;
            self.place = Some(stage.into());
        }
        self
    }

    /// What becomes of one that the version before received: it is where receiving leaves a dossier. Nothing of one that has its place, is
    /// not in hand, or has no stages to be at.
    pub fn placed(&self, procedure: &Procedure, now: DateTime<Utc>) -> Option<Change<DossierNoticed>> {
        let first = procedure.process.first().filter(|_| self.place.is_none() && self.is_in_hand())?;
        let mut dossier = self.changed();
        dossier.custody.last_mut()?.stage = Some(first.code.clone());
        dossier.place = Some(first.into());
        for stage in procedure.passage(first).into_iter().skip(1) {
            let passing = dossier.custody.last()?.next(HandoverKind::Passing, now);
            dossier.custody.push(Handover { stage: Some(stage.code.clone()), ..passing });
            dossier.place = Some(stage.into());
        }
        Some(Change { dossier, steps: Vec::new(), event: None })
    }

    /// The dossier as it is given to `assignee`, if anybody, where it has come to.
    #[must_use]
    pub fn given(mut self, assignee: Option<Assignee>) -> Self {
        if let (Some(last), Some(Assignee { official, meant_for })) = (self.custody.last_mut(), assignee) {
            (last.to.official, last.meant_for) = (Some(official), meant_for);
        }
        self
    }

    /// The stage where it can be worked on.
    pub(super) fn stage_at_work<'p>(&self, procedure: &'p Procedure) -> Result<&'p Stage, Refusal> {
        if !self.is_in_hand() {
            return Err(Refusal::Status(self.status));
        }
        self.stage(procedure).ok_or(Refusal::NoStages)
    }

    /// As [`Self::stage_at_work`], while nothing is waited for.
    pub(super) fn stage_running<'p>(&self, procedure: &'p Procedure) -> Result<&'p Stage, Refusal> {
        if self.status.clock() != ClockState::Running {
            return Err(Refusal::Status(self.status));
        }
        self.stage_at_work(procedure)
    }

    /// What becomes of the dossier, which was handed on just now: it is processed from now on, if it has left the stage where it was
    /// received, and its applicant is told.
    pub(super) fn handed_on(
        &self,
        procedure: &Procedure,
        now: DateTime<Utc>,
        calendar: &WorkingCalendar,
    ) -> Result<Change<DossierNoticed>, Refusal> {
        if self.status != DossierStatus::Received || self.goes_on_as(procedure) != DossierStatus::Processing {
            return Ok(Change { dossier: self.changed(), steps: Vec::new(), event: None });
        }
        let step = self.step(DossierStatus::Processing)?;
        let dossier = self.after(step, now, calendar);
        let notice = self.notice(procedure, DossierNotice::Processing, now)?;
        let event = DossierNoticed { due_at: dossier.clock.due(), ..notice };
        Ok(Change { dossier, steps: vec![step], event: Some(event) })
    }

    /// By when a stage that begins now is due: after its working hours, or with the dossier.
    fn due_in(&self, stage: &Stage, now: DateTime<Utc>, calendar: &WorkingCalendar) -> Option<DateTime<Utc>> {
        let hours = stage.working_hours.map(|hours| TimeDelta::hours(hours.into()));
        let due = hours.map(|hours| calendar.add_working_time(calendar.opening_moment(now), hours));
        due.or(self.clock.due()).or(self.filed.as_ref().map(|filed| filed.due_at))
    }
}
