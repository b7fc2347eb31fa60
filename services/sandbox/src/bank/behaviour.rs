//! How the bank may be told to misbehave.

use serde::{Deserialize, Serialize};

/// The bank's misbehaviour; the default tells of each transfer once.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct BankBehaviour {
    /// Tell each transfer so many times more.
    pub notice_repeats: u32,
    /// Milliseconds before a transfer is told.
    pub notice_delay_ms: u64,
    /// Never tell.
    pub notice_drop: bool,
    /// Sign with a secret nobody shares.
    pub notice_forge: bool,
    /// Added to the amount, which is signed correctly.
    pub notice_amount_delta: i64,
}
