//! Receiving a dossier: the agency's time is counted from then.

use chrono::{DateTime, Utc};
use civic::{DossierStatus, OfficialRole, WorkingCalendar, events::DossierReceived};
use procedure::{Procedure, Stage};
use uuid::Uuid;

use super::{Action, Entry, Who};
use crate::domain::{
    clock::Clock,
    custody::{Handover, HandoverKind},
    dossier::{Change, Dossier, Refusal},
};

/// The entry.
pub const RECEIVE: Entry = Entry {
    action: Action::Receive,
    who: Who::Officials(&[OfficialRole::Receiver]),
    texts: &[],
    choices: &[],
    paper_texts: &[],
    passages: &[(DossierStatus::Registered, DossierStatus::Received)],
    when: |facts| facts.dossier.may_be_received(),
};

impl Dossier {
    /// Whether an official may receive it.
    fn may_be_received(&self) -> Result<(), Refusal> {
        match self.status {
            DossierStatus::Registered => Ok(()),
            DossierStatus::FeeDue => Err(Refusal::FeeNotPaid),
            other => Err(Refusal::Status(other)),
        }
    }

    /// An official receives the dossier: it is hers, and the agency's time runs.
    ///
    /// # Errors
    /// [`Refusal::FeeNotPaid`] while it waits for its fee; [`Refusal::Status`] unless it is newly registered.
    pub fn receive(
        &self,
        procedure: &Procedure,
        official: Uuid,
        now: DateTime<Utc>,
        calendar: &WorkingCalendar,
    ) -> Result<Change<DossierReceived>, Refusal> {
        self.may_be_received()?;
        let step = self.step(DossierStatus::Received)?;
        let answers = serde_json::from_str(&self.answers).unwrap_or_default();
        let due_at = procedure.time_limit_of(self.channel, &answers).due(now, calendar);
        let event = DossierReceived {
            dossier_id: self.id,
            code: self.filed()?.code.clone(),
            procedure_name: procedure.name.clone(),
            agency: self.agency.clone(),
            applicant: self.applicant,
            received_at: now,
            due_at,
        };
        let centre = self.taken_at.clone().unwrap_or_else(|| self.agency.clone());
        let receipt = Handover::receipt(centre, official, now, due_at);
        let moved = self.after(step, now, calendar).timed(Clock::start(now, due_at));
        let received = Self { received_at: Some(now), ..moved };
        let dossier = match procedure.process.first() {
            Some(first) if self.taken_at.is_none() => received.come_to(procedure, first, receipt, calendar),
            first => received.delivered(procedure, first, receipt, official, calendar),
        };
        Ok(Change { dossier, steps: vec![step], event: Some(event) })
    }

    /// The dossier after its receipt in a process without stages, or at a centre that hands it over to its agency at once.
    fn delivered(
        mut self,
        procedure: &Procedure,
        first: Option<&Stage>,
        mut receipt: Handover,
        official: Uuid,
        calendar: &WorkingCalendar,
    ) -> Self {
        receipt.stage = first.map(|stage| stage.code.clone());
        let mut delivery = receipt.next(HandoverKind::Forwarding, receipt.handed_over_at);
        (delivery.to.agency, delivery.done_by) = (self.agency.clone(), Some(official));
        self.custody = vec![receipt];
        match first {
            _ if self.taken_at.is_none() => self,
            Some(first) => self.come_to(procedure, first, delivery, calendar),
            None => {
                self.custody.push(delivery);
                self
            }
        }
    }
}
