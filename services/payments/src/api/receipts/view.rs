//! How a receipt is shown.

use chrono::{DateTime, Utc};
use civic::{AgencyCode, DossierCode, Vnd};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    domain::{
        provider::ProviderName,
        receipt::{ReceiptState, printed},
    },
    store::receipts::Receipt,
};

/// What a payer is given for a payment.
#[derive(Serialize, ToSchema)]
#[schema(as = FeeReceipt)]
pub struct ReceiptView {
    /// The receipt.
    id: Uuid,
    /// Who gives it.
    agency: AgencyCode,
    /// In which symbol it is numbered.
    symbol: String,
    /// In which year.
    year: i32,
    /// Its number, seven digits.
    number: String,
    /// The payment: an attempt of the order.
    attempt_id: Uuid,
    /// The payment order.
    order_id: Uuid,
    /// The dossier's code.
    code: DossierCode,
    /// Who paid.
    payer_name: String,
    /// The payer's address, if it was given.
    payer_address: Option<String>,
    /// The payer's citizen or tax number, if it was given.
    payer_number: Option<String>,
    /// How much.
    amount: Vnd,
    /// How it was paid.
    way: ProviderName,
    /// Who took the money at a counter.
    collector: Option<String>,
    /// When it was paid.
    paid_at: DateTime<Utc>,
    /// When the receipt was issued.
    issued_at: DateTime<Utc>,
    /// Whether it is valid.
    state: ReceiptState,
    /// Which one it stands for.
    replaces: Option<Uuid>,
    /// When it stopped being valid.
    ended_at: Option<DateTime<Utc>>,
    /// Why.
    ended_reason: Option<String>,
}

impl From<Receipt> for ReceiptView {
    fn from(receipt: Receipt) -> Self {
        Self {
            id: receipt.id,
            agency: receipt.agency,
            symbol: receipt.symbol,
            year: receipt.year,
            number: printed(receipt.number),
            attempt_id: receipt.attempt_id,
            order_id: receipt.order_id,
            code: receipt.code,
            payer_name: receipt.payer_name,
            payer_address: receipt.payer_address,
            payer_number: receipt.payer_number,
            amount: receipt.amount,
            way: receipt.way,
            collector: receipt.collector,
            paid_at: receipt.paid_at,
            issued_at: receipt.issued_at,
            state: receipt.state,
            replaces: receipt.replaces,
            ended_at: receipt.ended_at,
            ended_reason: receipt.ended_reason,
        }
    }
}
