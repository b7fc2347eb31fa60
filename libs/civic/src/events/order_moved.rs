//! The fact that payments tells of an order: its whole public state, whatever moved it.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{AgencyCode, Party, Vnd};

announce! {
    OrderMoved: "vn.motcua.order.moved.v1" about order_id;
}

impl crate::Fact for OrderMoved {
    fn version(&self) -> i64 {
        self.version
    }
}

closed_list! {
    /// Where an order stands.
    #[schema(as = PaymentOrderStatus)]
    pub enum OrderState: "the state of an order" {
        /// Nothing is paid.
        Due = "DUE",
        /// Something is paid, not all.
        PartPaid = "PART_PAID",
        /// Paid in full, or as far as it was not waived.
        Paid = "PAID",
        /// Money goes back.
        Refunding = "REFUNDING",
        /// Money went back.
        Refunded = "REFUNDED",
        /// No longer to be paid.
        Cancelled = "CANCELLED",
        /// Need not be paid, by a rule of exemption.
        Waived = "WAIVED",
    }
}

/// An order is in this state now. A later version replaces every earlier one, so a listener may miss or see twice what lies
/// between.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct OrderMoved {
    /// The order.
    pub order_id: Uuid,
    /// Grows with every change of the order.
    pub version: i64,
    /// The dossier that it is for.
    pub dossier_id: Uuid,
    /// The agency that collects.
    pub agency: AgencyCode,
    /// Who owes it: a kind and an id, never a name.
    pub payer: Party,
    /// Where it stands.
    pub state: OrderState,
    /// Since when.
    pub state_since: DateTime<Utc>,
    /// What is to be paid.
    pub total: Vnd,
    /// What of it need not be paid, by a rule of exemption.
    #[serde(default)]
    pub waived: Vnd,
    /// What was paid towards it.
    pub paid: Vnd,
    /// What went back.
    pub refunded: Vnd,
    /// What was taken beyond the total and is owed to the payer.
    pub owed_back: Vnd,
    /// When it was paid in full, by the word of who took the money.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paid_at: Option<DateTime<Utc>>,
    /// How the last payment came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payment: Option<OrderPayment>,
}

/// How money came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OrderPayment {
    /// The provider's name, `vnpay`; `cash` at the counter.
    pub provider: String,
    /// The provider's own number of the transaction, or the number of the receipt.
    pub reference: String,
}
