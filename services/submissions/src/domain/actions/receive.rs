//! Receiving a dossier: the agency's time is counted from then.

use chrono::{DateTime, Utc};
use civic::{DossierStatus, OfficialRole, WorkingCalendar, events::DossierReceived};
use procedure::{Channel, Procedure};

use super::{Action, Entry, Who};
use crate::domain::dossier::{Change, Dossier, Filed, Refusal};

/// The entry.
pub const RECEIVE: Entry = Entry {
    action: Action::Receive,
    who: Who::Officials(&[OfficialRole::Receiver]),
    texts: &[],
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

    /// An official receives the dossier.
    ///
    /// # Errors
    /// [`Refusal::FeeNotPaid`] while it waits for its fee; [`Refusal::Status`] unless it is newly registered.
    pub fn receive(
        &self,
        procedure: &Procedure,
        now: DateTime<Utc>,
        calendar: &WorkingCalendar,
    ) -> Result<Change<DossierReceived>, Refusal> {
        self.may_be_received()?;
        let step = self.step(DossierStatus::Received)?;
        let answers = serde_json::from_str(&self.answers).unwrap_or_default();
        let due_at = procedure.time_limit_of(Channel::Online, &answers).due(now, calendar);
        let filed = Filed { due_at, ..self.filed()?.clone() };
        let event = DossierReceived {
            dossier_id: self.id,
            code: filed.code.clone(),
            procedure_name: procedure.name.clone(),
            agency: self.agency.clone(),
            applicant: self.applicant,
            received_at: now,
            due_at,
        };
        let dossier = Self { filed: Some(filed), received_at: Some(now), ..self.after(step) };
        Ok(Change { dossier, steps: vec![step], event })
    }
}
