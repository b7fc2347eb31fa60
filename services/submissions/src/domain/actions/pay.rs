//! Paying a dossier's fee: done with payments, which tells when it is settled.

use chrono::{DateTime, Utc};
use civic::{
    ClockState, DossierStatus, Vnd, WorkingCalendar,
    events::{DossierFeePaid, OrderState},
};
use procedure::Procedure;
use uuid::Uuid;

use super::{Action, Entry, Who};
use crate::domain::{
    charge::{Charge, ChargeReason},
    dossier::{Change, Dossier, Refusal},
};

/// The entry.
pub const PAY: Entry = Entry {
    action: Action::Pay,
    who: Who::Applicant,
    texts: &[],
    choices: &[],
    paper_texts: &[],
    passages: &[
        (DossierStatus::FeeDue, DossierStatus::Registered),
        (DossierStatus::FeeDue, DossierStatus::Received),
        (DossierStatus::FeeDue, DossierStatus::Processing),
    ],
    when: |facts| facts.dossier.may_be_paid(),
};

/// What payments tells of an order.
#[derive(Clone, Copy, Debug)]
pub struct OrderReport {
    /// The order.
    pub order_id: Uuid,
    /// What it is over.
    pub total: Vnd,
    /// How far it is paid.
    pub state: OrderState,
    /// The order's version; none from a payments of before, which told of payments in full only.
    pub version: Option<i64>,
    /// When it was paid.
    pub paid_at: Option<DateTime<Utc>>,
}

impl Dossier {
    /// Whether something is owed while it is not at its end: it waits for its fee, or came in at a counter and is worked on meanwhile, or the
    /// work is stopped and goes on only when nothing is owed.
    fn may_be_paid(&self) -> Result<(), Refusal> {
        let waits = matches!(self.status.clock(), ClockState::Running | ClockState::Paused);
        let owed = waits && self.charges.iter().any(Charge::is_owed);
        if owed { Ok(()) } else { Err(Refusal::NothingDue) }
    }

    /// An order of the dossier is in this state. Nothing when that, or something newer, was known; the status moves only if it
    /// was waiting for this.
    ///
    /// # Errors
    /// [`Refusal::OtherPayment`] when the order or its total is not one of the dossier's.
    pub fn settle(
        &self,
        procedure: &Procedure,
        order: OrderReport,
        now: DateTime<Utc>,
        calendar: &WorkingCalendar,
    ) -> Result<Option<Change<DossierFeePaid>>, Refusal> {
        let is_for = |charge: &&Charge| charge.order_id == order.order_id && charge.total == order.total;
        let charge = self.charges.iter().find(is_for).ok_or(Refusal::OtherPayment)?;
        let Some(reported) = charge.reported(order) else { return Ok(None) };
        // Told once for each payment, whatever became of it meanwhile: it is the only word of it that the applicant is sent.
        let was_paid = matches!(reported.state, OrderState::Paid | OrderState::Refunding | OrderState::Refunded);
        let newly_paid = charge.paid_at.is_none() && was_paid;
        let paid_at = reported.paid_at.filter(|_| newly_paid);
        let event = paid_at.map(|paid_at| self.fee_paid(procedure, charge, paid_at)).transpose()?;
        let charges = self.charges.iter().map(|known| if known.round == reported.round { &reported } else { known });
        let charged = Self { charges: charges.cloned().collect(), ..self.clone() };
        let to = match (self.status, charged.waits_for_fee()) {
            (DossierStatus::FeeDue, false) => Some(self.before_fee(procedure)),
            // What a cashier took was given back.
            (DossierStatus::Registered | DossierStatus::Received | DossierStatus::Processing, true) => {
                Some(DossierStatus::FeeDue)
            }
            _ => None,
        };
        let step = to.map(|to| self.step(to)).transpose()?;
        let dossier = step.map_or_else(|| charged.changed(), |step| charged.after(step, now, calendar));
        Ok(Some(Change { dossier, steps: step.into_iter().collect(), event }))
    }

    fn fee_paid(
        &self,
        procedure: &Procedure,
        charge: &Charge,
        paid_at: DateTime<Utc>,
    ) -> Result<DossierFeePaid, Refusal> {
        Ok(DossierFeePaid {
            dossier_id: self.id,
            code: self.filed()?.code.clone(),
            procedure_name: procedure.name.clone(),
            agency: self.agency.clone(),
            applicant: self.applicant,
            order_id: charge.order_id,
            total: charge.total,
            paid_at,
            while_processing: charge.reason == ChargeReason::WhileProcessing,
            // Money for a dossier that is over moves nobody: it is given back, not worked on.
            after_the_end: self.status.clock() == ClockState::Ended,
        })
    }

    /// Where it goes on when its fee is paid: to be received, or with the work that waited.
    pub(super) fn before_fee(&self, procedure: &Procedure) -> DossierStatus {
        if self.received_at.is_none() { DossierStatus::Registered } else { self.goes_on_as(procedure) }
    }
}

impl Charge {
    /// The charge by what payments tells of its order; nothing when that is known already.
    fn reported(&self, order: OrderReport) -> Option<Self> {
        // That the order was opened is what the charge says: a change of nothing would refuse what an official is just sending.
        let opens = order.version == Some(1) && order.state == OrderState::Due;
        let is_news = !opens
            && order.version.map_or(self.order_version == 0 && self.is_owed(), |version| version > self.order_version);
        // What was taken back is not owed again by a word that was on its way.
        let is_late =
            self.state == OrderState::Cancelled && matches!(order.state, OrderState::Due | OrderState::PartPaid);
        is_news.then(|| Self {
            state: if is_late { OrderState::Cancelled } else { order.state },
            order_version: order.version.unwrap_or(self.order_version),
            // What a cashier took wrongly and gave back is not paid any more.
            paid_at: self
                .paid_at
                .or(order.paid_at)
                .filter(|_| !matches!(order.state, OrderState::Due | OrderState::PartPaid)),
            ..self.clone()
        })
    }
}
