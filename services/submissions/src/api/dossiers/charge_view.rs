//! How a dossier's view shows what was charged.

use chrono::{DateTime, Utc};
use civic::{
    Vnd,
    events::{FeeLine, OrderState},
};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::domain::charge::{Charge, ChargeReason};

/// A round of what a dossier costs.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DossierChargeRound)]
pub struct ChargeView {
    /// Its number, from 1.
    #[schema(minimum = 1)]
    round: i32,
    /// When it was charged: with the filing, or while the dossier was worked on.
    reason: ChargeReason,
    /// The payment order.
    order_id: Uuid,
    lines: Vec<FeeLine>,
    /// The total of the lines.
    total: Vnd,
    /// How far it is paid.
    state: OrderState,
    asked_at: DateTime<Utc>,
    paid_at: Option<DateTime<Utc>>,
}

impl From<&Charge> for ChargeView {
    fn from(charge: &Charge) -> Self {
        Self {
            round: charge.round,
            reason: charge.reason,
            order_id: charge.order_id,
            lines: charge.lines.clone(),
            total: charge.total,
            state: charge.state,
            asked_at: charge.asked_at,
            paid_at: charge.paid_at,
        }
    }
}
