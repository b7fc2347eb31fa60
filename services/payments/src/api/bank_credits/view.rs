//! A transfer as an agency's officials see it.

use chrono::{DateTime, Utc};
use civic::Vnd;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    domain::credit::{CreditSource, CreditState},
    store::bank_credits::BankCredit,
};

/// Money that came to the agency's account.
#[derive(Serialize, ToSchema)]
#[schema(as = BankCredit)]
pub struct BankCreditView {
    /// The transfer.
    id: Uuid,
    /// How it is known.
    source: CreditSource,
    /// The bank, by its number.
    bank: String,
    /// The bank's number of the transfer.
    transaction_id: String,
    /// How much; `null` when it came in another currency.
    amount: Option<Vnd>,
    /// What the payer wrote.
    content: String,
    /// When the bank booked it.
    booked_at: DateTime<Utc>,
    /// What became of it.
    state: CreditState,
    /// Since when.
    state_since: DateTime<Utc>,
    /// The payment order that it is for, as far as is known.
    order_id: Option<Uuid>,
    /// The payment order that an official proposes to pay by it; `null` beside a proof: it was sent back.
    proposed_order: Option<Uuid>,
    /// By which proof.
    proof: Option<String>,
    /// Who proposes it.
    proposed_by: Option<String>,
    /// Who confirmed it.
    decided_by: Option<String>,
}

impl From<BankCredit> for BankCreditView {
    fn from(credit: BankCredit) -> Self {
        Self {
            id: credit.id,
            source: credit.source,
            bank: credit.bank,
            transaction_id: credit.transaction_id,
            amount: credit.amount,
            content: credit.content,
            booked_at: credit.booked_at,
            state: credit.state,
            state_since: credit.state_since,
            order_id: credit.order_id,
            proposed_order: credit.proposed_order,
            proof: credit.proof,
            proposed_by: credit.proposed_by_name,
            decided_by: credit.decided_by_name,
        }
    }
}
