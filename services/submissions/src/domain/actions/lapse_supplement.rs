//! The time for an answer runs out: nobody does that, so it is no action, but it goes passages of the status table as actions do.

use chrono::{DateTime, Utc};
use civic::{
    DossierStatus, WorkingCalendar,
    events::{DossierNotice, DossierNoticed},
};
use procedure::Procedure;

use crate::domain::dossier::{Change, Dossier, Refusal};
#[cfg(test)]
use crate::domain::status::Passage;

/// What becomes of a dossier whose papers did not come: not received, or stopped when it was.
#[cfg(test)]
pub const PASSAGES: &[Passage] = &[
    (DossierStatus::SupplementRequested, DossierStatus::NotReceived),
    (DossierStatus::SupplementRequested, DossierStatus::Stopped),
];

impl Dossier {
    /// The time of request number `request` is over. Nothing when it was answered, taken back, or has time left.
    ///
    /// # Errors
    /// Never for a dossier that was filed.
    pub fn lapse_supplement(
        &self,
        procedure: &Procedure,
        request: i32,
        now: DateTime<Utc>,
        calendar: &WorkingCalendar,
    ) -> Result<Option<Change<DossierNoticed>>, Refusal> {
        let open = self.open_supplement().filter(|(number, _)| *number == request);
        let Some(answer_by) = open.and_then(|(_, open)| open.answer_by).filter(|until| *until <= now) else {
            return Ok(None);
        };
        let (to, notice) = match self.received_at {
            None => (DossierStatus::NotReceived, DossierNotice::NotReceived),
            Some(_) => (DossierStatus::Stopped, DossierNotice::Stopped),
        };
        let step = self.step(to)?;
        let event = DossierNoticed { answer_by: Some(answer_by), ..self.notice(procedure, notice, now)? };
        Ok(Some(Change { dossier: self.after(step, now, calendar), steps: vec![step], event: Some(event) }))
    }
}
