//! A dossier's whole public state, as others are told whenever it moves.

use chrono::{DateTime, Utc};
use civic::events::{self, ActorKind, ChargeState, DossierClock, DossierMoved, OrderState, PaperCounts};
use procedure::PinnedProcedure;

use super::{
    charge::{Charge, ChargeReason},
    clock::{Clock, PeriodKind},
    custody::Handover,
    dossier::Dossier,
};

/// How a dossier came to its status.
#[derive(Clone, Debug)]
pub struct Arrival {
    /// When.
    pub at: DateTime<Utc>,
    /// Who brought it there.
    pub actor: ActorKind,
    /// The reason that an official gave.
    pub reason: Option<String>,
}

impl Dossier {
    /// What others are told of it, which has so many documents; nothing while it is a draft.
    pub fn moved(&self, pinned: &PinnedProcedure, arrival: Arrival, documents: usize) -> Option<DossierMoved> {
        let filed = self.filed.as_ref()?;
        let documents = i32::try_from(documents).unwrap_or(i32::MAX);
        let clock = self.clock.told(filed.due_at);
        Some(DossierMoved {
            dossier_id: self.id,
            version: self.version.into(),
            code: filed.code.clone(),
            procedure: pinned.procedure.code.clone(),
            procedure_version: pinned.version,
            procedure_name: pinned.procedure.name.clone(),
            agency: self.agency.clone(),
            channel: self.channel,
            helped: self.helped,
            taken_at: self.taken_at.clone(),
            applicant: self.applicant,
            submitted_at: filed.submitted_at,
            status: self.status,
            status_since: arrival.at,
            decided_at: self.completed_at,
            actor: arrival.actor,
            reason: arrival.reason,
            stage: self.place.as_ref().map(|place| place.stage.clone()),
            custody: self.custody.last().filter(|_| clock.ended_at.is_none()).and_then(Handover::told),
            clock,
            charges: self.charges.iter().map(Charge::told).collect(),
            papers: PaperCounts { total: documents, digitised: documents, reused: 0 },
            lateness: self.lateness_told(),
        })
    }
}

impl Clock {
    fn told(&self, due_at: DateTime<Utc>) -> DossierClock {
        let pauses = self.0.iter().filter_map(|period| match period.kind {
            PeriodKind::Running => None,
            PeriodKind::Paused(status) => Some(events::Pause {
                status,
                from: period.from,
                until: period.until,
                due_before: period.due_before,
                due_after: period.due_after,
            }),
        });
        DossierClock {
            started_at: self.0.first().map(|period| period.from),
            due_at: Some(due_at),
            ended_at: self.0.last().and_then(|period| period.until),
            pauses: pauses.collect(),
        }
    }
}

impl Handover {
    fn told(&self) -> Option<events::Custody> {
        let official_id = self.to.official?;
        Some(events::Custody {
            official_id,
            since: self.accepted_at.unwrap_or(self.handed_over_at),
            due_at: self.due_at,
        })
    }
}

impl Charge {
    fn told(&self) -> events::Charge {
        events::Charge {
            order_id: self.order_id,
            round: self.round,
            in_advance: self.reason == ChargeReason::InAdvance,
            lines: self.lines.clone(),
            total: self.total,
            state: match self.state {
                OrderState::Due | OrderState::PartPaid => ChargeState::Due,
                OrderState::Paid | OrderState::Refunding | OrderState::Refunded => ChargeState::Paid,
                OrderState::Cancelled | OrderState::Waived => ChargeState::Cancelled,
            },
            asked_at: self.asked_at,
            due_at: self.due_at,
        }
    }
}
