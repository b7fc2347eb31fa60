//! How a refund is shown to officials.

use chrono::{DateTime, Utc};
use civic::Vnd;
use edge::Reply;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    domain::refund::{RefundCause, RefundState, RefundWay},
    store::refunds::Refund,
};

/// Money on its way back.
#[derive(Serialize, ToSchema)]
#[schema(as = Refund)]
pub struct RefundView {
    /// The refund.
    id: Uuid,
    /// The payment order.
    order_id: Uuid,
    /// The attempt whose money it is.
    attempt_id: Uuid,
    /// Why.
    cause: RefundCause,
    /// How much.
    amount: Vnd,
    /// How.
    way: RefundWay,
    /// How far it has come.
    state: RefundState,
    /// Since when.
    state_since: DateTime<Utc>,
    /// What the official wrote who asked for it.
    reason: String,
    /// Who asked for it.
    asked_by: String,
    /// When.
    asked_at: DateTime<Utc>,
    /// Who approved it or turned it down; `null` where no second official did.
    decided_by: Option<String>,
    /// The provider's number of it; `null` while it is not known.
    provider_reference: Option<String>,
    /// Where it can be seen that the money went back by hand.
    proof: Option<String>,
    /// Why no money goes back by it.
    failure: Option<String>,
    /// When the money went back.
    done_at: Option<DateTime<Utc>>,
}

impl RefundView {
    /// The refund with its version.
    pub fn reply(refund: Refund) -> Reply {
        let version = refund.version;
        Reply::ok(&Self::from(refund)).version(version)
    }
}

impl From<Refund> for RefundView {
    fn from(refund: Refund) -> Self {
        Self {
            id: refund.id,
            order_id: refund.order_id,
            attempt_id: refund.attempt_id,
            cause: refund.cause,
            amount: refund.amount,
            way: refund.way,
            state: refund.state,
            state_since: refund.state_since,
            reason: refund.reason,
            asked_by: refund.asked_by_name,
            asked_at: refund.asked_at,
            decided_by: refund.decided_by_name,
            provider_reference: refund.provider_reference,
            proof: refund.proof,
            failure: refund.failure,
            done_at: refund.done_at,
        }
    }
}
