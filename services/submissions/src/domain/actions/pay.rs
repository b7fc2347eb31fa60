//! Paying a dossier's fee: done with payments, which tells when it is settled.

use chrono::{DateTime, Utc};
use civic::{
    DossierStatus, Vnd, WorkingCalendar,
    events::{DossierFeePaid, OrderState},
};
use procedure::Procedure;
use uuid::Uuid;

use super::{Action, Entry, Who};
use crate::domain::{
    charge::Charge,
    dossier::{Change, Dossier, Refusal},
};

/// The entry.
pub const PAY: Entry =
    Entry { action: Action::Pay, who: Who::Applicant, texts: &[], when: |facts| facts.dossier.may_be_paid() };

/// Money that arrived for an order.
#[derive(Clone, Copy, Debug)]
pub struct Payment {
    /// The order.
    pub order_id: Uuid,
    /// How much.
    pub amount: Vnd,
    /// When.
    pub paid_at: DateTime<Utc>,
}

impl Dossier {
    /// Whether it waits for its fee.
    fn may_be_paid(&self) -> Result<(), Refusal> {
        let owed = self.status == DossierStatus::FeeDue && self.charges.iter().any(Charge::is_owed);
        if owed { Ok(()) } else { Err(Refusal::NothingDue) }
    }

    /// An order of the dossier was paid. Nothing when that was known; the status moves only if it was waiting for this.
    ///
    /// # Errors
    /// [`Refusal::OtherPayment`] when the order or the amount is not one of the dossier's.
    pub fn settle(
        &self,
        procedure: &Procedure,
        payment: Payment,
        now: DateTime<Utc>,
        calendar: &WorkingCalendar,
    ) -> Result<Option<Change<DossierFeePaid>>, Refusal> {
        let Payment { order_id, amount, paid_at } = payment;
        let is_for = |charge: &&Charge| charge.order_id == order_id && charge.total == amount;
        let charge = self.charges.iter().find(is_for).ok_or(Refusal::OtherPayment)?;
        if !charge.is_owed() {
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
        let paid = Charge { state: OrderState::Paid, paid_at: Some(paid_at), ..charge.clone() };
        let charges = self.charges.iter().map(|known| if known.round == paid.round { &paid } else { known });
        let charged = Self { charges: charges.cloned().collect(), ..self.clone() };
        let step = (self.status == DossierStatus::FeeDue && !charged.charges.iter().any(Charge::is_owed))
            .then(|| self.step(self.before_fee()))
            .transpose()?;
        let dossier = step.map_or_else(|| charged.changed(), |step| charged.after(step, now, calendar));
        Ok(Some(Change { dossier, steps: step.into_iter().collect(), event }))
    }

    /// Where it goes on when its fee is paid: to be received, or with the work that waited.
    fn before_fee(&self) -> DossierStatus {
        if self.received_at.is_none() { DossierStatus::Registered } else { DossierStatus::Processing }
    }
}
