//! What a dossier costs, round by round.

use chrono::{DateTime, Utc};
use civic::{
    Vnd,
    events::{FeeLine, OrderState},
};
use procedure::Fee;
use uuid::Uuid;

/// The round that is charged when a dossier is filed.
const IN_ADVANCE: i32 = 1;

civic::closed_list! {
    /// When a round is charged.
    pub enum ChargeReason: "a reason of a charge" {
        /// When the dossier is filed.
        InAdvance = "IN_ADVANCE",
        /// While it is worked on, once it is known what is due.
        WhileProcessing = "WHILE_PROCESSING",
    }
}

/// A round of what a dossier costs.
#[derive(Clone, Debug, PartialEq)]
pub struct Charge {
    /// Counts the rounds, from 1.
    pub round: i32,
    /// When it is charged.
    pub reason: ChargeReason,
    /// The payment order, see [`civic::order_id`].
    pub order_id: Uuid,
    /// What for; empty for what the version before charged.
    pub lines: Vec<FeeLine>,
    /// The total of the lines.
    pub total: Vnd,
    /// How far it is paid: what payments told last of its order.
    pub state: OrderState,
    /// The newest version of the order that payments told of; 0 before any.
    pub order_version: i64,
    /// When it was asked for.
    pub asked_at: DateTime<Utc>,
    /// Until when it can be paid; open-ended when absent.
    pub due_at: Option<DateTime<Utc>>,
    /// When it was paid.
    pub paid_at: Option<DateTime<Utc>>,
}

impl Charge {
    /// What a dossier is charged when it is filed.
    pub fn in_advance(dossier: Uuid, fee: Fee, now: DateTime<Utc>) -> Self {
        Self::due(dossier, IN_ADVANCE, ChargeReason::InAdvance, fee, now)
    }

    /// A further round, charged while the dossier is worked on.
    pub fn while_processing(dossier: Uuid, round: i32, lines: Vec<FeeLine>, total: Vnd, now: DateTime<Utc>) -> Self {
        Self::due(dossier, round, ChargeReason::WhileProcessing, Fee { lines, total }, now)
    }

    fn due(dossier: Uuid, round: i32, reason: ChargeReason, fee: Fee, now: DateTime<Utc>) -> Self {
        Self {
            round,
            reason,
            order_id: civic::order_id(dossier, round.unsigned_abs()),
            lines: fee.lines,
            total: fee.total,
            state: OrderState::Due,
            order_version: 0,
            asked_at: now,
            due_at: None,
            paid_at: None,
        }
    }

    /// Whether its money went back, or is on its way.
    pub fn went_back(&self) -> bool {
        matches!(self.state, OrderState::Refunding | OrderState::Refunded)
    }

    /// Whether the dossier waits for it.
    pub fn is_owed(&self) -> bool {
        matches!(self.state, OrderState::Due | OrderState::PartPaid)
    }
}
