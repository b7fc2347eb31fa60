//! Paying a dossier's fee: done with payments, which tells when it is settled.

use chrono::{DateTime, Utc};
use civic::{DossierStatus, Vnd, events::DossierFeePaid};
use procedure::Procedure;
use uuid::Uuid;

use super::{Action, Entry, Who};
use crate::domain::dossier::{Change, Charge, Dossier, Refusal};

/// The entry.
pub const PAY: Entry =
    Entry { action: Action::Pay, who: Who::Applicant, texts: &[], when: |facts| facts.dossier.may_be_paid() };

impl Dossier {
    /// Whether it waits for its fee.
    fn may_be_paid(&self) -> Result<(), Refusal> {
        let owed = self.status == DossierStatus::FeeDue && self.fee.is_some_and(|charge| charge.paid_at.is_none());
        if owed { Ok(()) } else { Err(Refusal::NothingDue) }
    }

    /// The dossier's order was paid. Nothing when that was known; the status moves only if it was waiting for this.
    ///
    /// # Errors
    /// [`Refusal::OtherPayment`] when the order or the amount is not the dossier's.
    pub fn settle(
        &self,
        procedure: &Procedure,
        order_id: Uuid,
        amount: Vnd,
        paid_at: DateTime<Utc>,
    ) -> Result<Option<Change<DossierFeePaid>>, Refusal> {
        let charge = self.fee.filter(|charge| charge.order_id == order_id && charge.total == amount);
        let charge = charge.ok_or(Refusal::OtherPayment)?;
        if charge.paid_at.is_some() {
            return Ok(None);
        }
        let event = DossierFeePaid {
            dossier_id: self.id,
            code: self.filed()?.code.clone(),
            procedure_name: procedure.name.clone(),
            agency: self.agency.clone(),
            applicant: self.applicant,
            order_id,
            total: charge.total,
            paid_at,
        };
        let steps = match self.status {
            DossierStatus::FeeDue => vec![self.step(DossierStatus::Registered)?],
            _ => Vec::new(),
        };
        let moved = steps.first().map_or_else(|| self.changed(), |step| self.after(*step));
        let dossier = Self { fee: Some(Charge { paid_at: Some(paid_at), ..charge }), ..moved };
        Ok(Some(Change { dossier, steps, event }))
    }
}
