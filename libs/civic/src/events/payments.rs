//! What payments tells: money that arrived.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::Vnd;

announce! {
    PaymentSettled: "vn.motcua.payment.settled.v1" about order_id;
}

/// A payment order is paid in full.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct PaymentSettled {
    /// The payment order.
    pub order_id: Uuid,
    /// The dossier it was for.
    pub dossier_id: Uuid,
    /// What was paid.
    pub amount: Vnd,
    /// The provider's name, `vnpay`.
    pub provider: String,
    /// The provider's own number of the transaction.
    pub provider_reference: String,
    /// When the provider says it was paid.
    pub paid_at: DateTime<Utc>,
}
