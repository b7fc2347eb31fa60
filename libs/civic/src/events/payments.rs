//! What payments tells: money that arrived, and what its payer must know of it.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{AgencyCode, DossierCode, Party, Vnd};

announce! {
    PaymentSettled: "vn.motcua.payment.settled.v1" about order_id;
    PaymentNoticed: "vn.motcua.payment.noticed.v1" about order_id;
    MoneyNoticed: "vn.motcua.money.noticed.v1" about subject_id;
}

closed_list! {
    /// What a payer is told of money, beside that her fee is paid.
    pub enum PaymentNotice: "a notice about a payment" {
        /// The fee was paid before: the agency owes this payment to her.
        PaidTwice = "PAID_TWICE",
        /// The dossier ended, or the fee was waived, before the money came: the agency owes it to her.
        NotDueAnyMore = "NOT_DUE_ANY_MORE",
        /// Another amount came than was asked for, or it cannot be told what for: an official looks at it.
        UnderReview = "UNDER_REVIEW",
        /// Money was sent back to her.
        Refunded = "REFUNDED",
        /// There is another receipt for her payment, in the place of the one before. (Of the first she reads when the fee is paid.)
        Receipt = "RECEIPT",
        /// A cashier took money wrongly and gave it back at the counter: the fee is due again.
        TakenBack = "TAKEN_BACK",
        /// So much of the fee was waived.
        Waived = "WAIVED",
        /// A part of the fee came: so much is left to pay.
        PartPaid = "PART_PAID",
        /// More came than was left to pay, as a part had been waived or paid meanwhile: the agency owes all of it to her.
        MoreThanLeft = "MORE_THAN_LEFT",
    }
}

closed_list! {
    /// What the officials of an agency are told of its money.
    pub enum MoneyNotice: "a notice about an agency's money" {
        /// A refund waits for a second official.
        RefundAsked = "REFUND_ASKED",
        /// Money was found that may have to go back.
        OwedBack = "OWED_BACK",
        /// A cashier's shift was not closed when its day ended.
        ShiftOpen = "SHIFT_OPEN",
        /// A waiver waits for a second official.
        WaiverAsked = "WAIVER_ASKED",
    }
}

/// Money of an agency waits for its officials.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct MoneyNoticed {
    /// The refund, the waiver, the payment order or the shift that it is about.
    pub subject_id: Uuid,
    /// Whose money it is.
    pub agency: AgencyCode,
    /// The dossier's code, if it is about one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<DossierCode>,
    /// What waits.
    pub notice: MoneyNotice,
    /// How much it is about.
    pub amount: Vnd,
    /// The official who did it: who asked for the refund or the waiver, whose shift it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub official_id: Option<Uuid>,
    /// When.
    pub happened_at: DateTime<Utc>,
}

/// Something happened to money that its payer must know.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct PaymentNoticed {
    /// The payment order.
    pub order_id: Uuid,
    /// The dossier it is for.
    pub dossier_id: Uuid,
    /// The dossier's code.
    pub code: DossierCode,
    /// The agency that collects.
    pub agency: AgencyCode,
    /// Who paid: a kind and an id, never a name.
    pub payer: Party,
    /// What happened.
    pub notice: PaymentNotice,
    /// How much it is about; absent when that is what is not clear.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<Vnd>,
    /// When.
    pub happened_at: DateTime<Utc>,
}

/// A payment order is paid in full, by one payment and without a waiver; [`super::OrderMoved`] tells of every other way too.
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
