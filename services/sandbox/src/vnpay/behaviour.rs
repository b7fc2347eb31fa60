//! How VNPAY may be told to misbehave.

use serde::{Deserialize, Serialize};

const MOST_COPIES: u32 = 1_000;

/// VNPAY's misbehaviour; the default is the well-behaved provider.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct VnpayBehaviour {
    /// How many copies of each notification go out, all at once (1 to 1,000).
    pub ipn_copies: u32,
    /// Milliseconds before the first notification of a payment.
    pub ipn_delay_ms: u64,
    /// Never notify.
    pub ipn_drop: bool,
    /// Sign notifications with a secret nobody shares.
    pub ipn_forge_signature: bool,
    /// Sign notifications with this secret instead of the merchant's, as before a key rotation.
    pub ipn_sign_with: Option<String>,
    /// Added to `vnp_Amount` (hundredths of a dong) in notifications, which are signed correctly.
    pub ipn_amount_delta: i64,
    /// Notify in the name of this merchant instead.
    pub ipn_tmn_code: Option<String>,
    /// Hold each notification back until the next payment's has gone out.
    pub ipn_reorder: bool,
    /// How `querydr` is answered.
    pub query_answer: ApiAnswer,
    /// The `vnp_TransactionStatus` every `querydr` tells, whatever the truth.
    pub query_status: Option<String>,
    /// How `refund` is answered; the refund has taken place all the same.
    pub refund_answer: ApiAnswer,
    /// The `vnp_TransactionStatus` that `refund` and questions about a refund tell, whatever the truth.
    pub refund_status: Option<String>,
    /// What is wrong with each daily statement: the first with its newest row, the next with the one before it.
    pub statement_breaks: Vec<StatementBreak>,
}

/// How the transaction API answers a request it has carried out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ApiAnswer {
    /// As documented.
    #[default]
    Normal,
    /// Not at all: the connection stays open and silent.
    Timeout,
    /// HTTP 500 without JSON.
    Http500,
    /// HTTP 200 with an HTML page.
    Html,
    /// The right answer inside 16 MiB of JSON.
    Huge,
}

/// A difference between the statement and the truth; the six kinds a reconciliation must tell apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StatementBreak {
    /// A row for a payment the merchant never asked for.
    MissingHere,
    /// The row is left out.
    MissingThere,
    /// The amount is 100 dong higher.
    Amount,
    /// The row says the payment failed.
    Status,
    /// The row stands twice.
    Duplicate,
    /// The row is dated a day later.
    Late,
}

impl Default for VnpayBehaviour {
    fn default() -> Self {
        Self {
            ipn_copies: 1,
            ipn_delay_ms: 0,
            ipn_drop: false,
            ipn_forge_signature: false,
            ipn_sign_with: None,
            ipn_amount_delta: 0,
            ipn_tmn_code: None,
            ipn_reorder: false,
            query_answer: ApiAnswer::Normal,
            query_status: None,
            refund_answer: ApiAnswer::Normal,
            refund_status: None,
            statement_breaks: Vec::new(),
        }
    }
}

impl VnpayBehaviour {
    pub(crate) fn check(&self) -> Result<(), String> {
        if (1..=MOST_COPIES).contains(&self.ipn_copies) {
            Ok(())
        } else {
            Err(format!("vnpay.ipn_copies must be between 1 and {MOST_COPIES}; ipn_drop sends none"))
        }
    }
}
