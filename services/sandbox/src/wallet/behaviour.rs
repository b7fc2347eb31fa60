//! How a wallet may be told to misbehave.

use serde::{Deserialize, Serialize};

use crate::ApiAnswer;

/// A wallet's misbehaviour; the default is the well-behaved one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct WalletBehaviour {
    /// How many copies of each notification go out, one after the other (1 to 1,000).
    pub notice_copies: u32,
    /// Milliseconds before the first notification of a payment.
    pub notice_delay_ms: u64,
    /// Never notify.
    pub notice_drop: bool,
    /// Sign notifications with a secret nobody shares.
    pub notice_forge: bool,
    /// Added to the amount in notifications, which are signed correctly.
    pub notice_amount_delta: i64,
    /// Notify in the name of this merchant instead; a number where the protocol has one.
    pub notice_merchant: Option<String>,
    /// How the API answers; what was asked has taken place all the same.
    pub api_answer: ApiAnswer,
    /// Refunds are taken and go on being processed for ever.
    pub refund_pending: bool,
}

impl Default for WalletBehaviour {
    fn default() -> Self {
        Self {
            notice_copies: 1,
            notice_delay_ms: 0,
            notice_drop: false,
            notice_forge: false,
            notice_amount_delta: 0,
            notice_merchant: None,
            api_answer: ApiAnswer::Normal,
            refund_pending: false,
        }
    }
}

impl WalletBehaviour {
    pub(crate) fn check(&self) -> Result<(), String> {
        if (1..=1_000).contains(&self.notice_copies) {
            Ok(())
        } else {
            Err("notice_copies must be between 1 and 1000; notice_drop sends none".to_owned())
        }
    }
}
