//! Taking back what was charged while a dossier is worked on, before anything of it is paid: the work goes on.

use chrono::{DateTime, Utc};
use civic::{
    DossierStatus, OfficialRole, WorkingCalendar,
    events::{DossierNotice, DossierNoticed, OrderState},
};
use procedure::Procedure;

use super::{Action, Entry, TextInput, Who};
use crate::domain::{
    charge::{Charge, ChargeReason},
    dossier::{Change, Dossier, Refusal},
};

/// The reason, which the applicant reads.
pub const REASON: TextInput = TextInput { name: "reason", required: true, min_length: 10, max_length: 1000 };

/// The entry.
pub const CANCEL_CHARGE: Entry = Entry {
    action: Action::CancelCharge,
    who: Who::Officials(&[OfficialRole::Processor, OfficialRole::Approver]),
    texts: &[REASON],
    choices: &[],
    paper_texts: &[],
    passages: &[(DossierStatus::FeeDue, DossierStatus::Received), (DossierStatus::FeeDue, DossierStatus::Processing)],
    when: |facts| facts.dossier.charge_to_cancel().map(drop),
};

impl Dossier {
    /// What can be taken back: a round that was charged while it is worked on, of which nothing is paid. Payments has the last word:
    /// what is paid at the same moment is given back there.
    fn charge_to_cancel(&self) -> Result<&Charge, Refusal> {
        let waits = matches!(self.status, DossierStatus::FeeDue | DossierStatus::Stopped);
        let later = |charge: &&Charge| {
            waits && charge.reason == ChargeReason::WhileProcessing && charge.state == OrderState::Due
        };
        self.charges.iter().find(later).ok_or(Refusal::NoChargeToCancel)
    }

    /// An official takes it back. A dossier that waited for it goes on; on one that is stopped nobody works yet.
    ///
    /// # Errors
    /// [`Refusal::NoChargeToCancel`].
    pub fn cancel_charge(
        &self,
        procedure: &Procedure,
        reason: &str,
        now: DateTime<Utc>,
        calendar: &WorkingCalendar,
    ) -> Result<Change<DossierNoticed>, Refusal> {
        let round = self.charge_to_cancel()?.round;
        let charges = self.charges.iter().cloned().map(|charge| match charge.round == round {
            true => Charge { state: OrderState::Cancelled, ..charge },
            false => charge,
        });
        let cancelled = Self { charges: charges.collect(), ..self.clone() };
        let waits = self.status == DossierStatus::FeeDue && !cancelled.waits_for_fee();
        let step = waits.then(|| self.step(self.before_fee(procedure))).transpose()?;
        let dossier = step.map_or_else(|| cancelled.changed(), |step| cancelled.after(step, now, calendar));
        let notice = self.notice(procedure, DossierNotice::ChargeCancelled, now)?;
        let due_at = step.and_then(|_| dossier.clock.due());
        let event = DossierNoticed { reason: Some(reason.to_owned()), due_at, ..notice };
        Ok(Change { dossier, steps: step.into_iter().collect(), event: Some(event) })
    }
}
