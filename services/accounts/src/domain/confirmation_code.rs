//! The six digits that confirm an e-mail address.

use chrono::TimeDelta;
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// Digits of a code.
pub const DIGITS: usize = 6;
/// How long a code works.
pub const LIFE: TimeDelta = TimeDelta::minutes(15);
/// Tries that a code survives, the last of which may be right.
pub const TRIES: i16 = 5;
/// Codes an address is sent in an hour at most: enough for a person, too few to fill a mailbox or to guess.
pub const AN_HOUR: i64 = 5;

/// What is stored of a code. It hides the code from a passing look only, for six digits are soon tried through; what
/// protects them are five tries and fifteen minutes.
pub fn digest(registration: Uuid, code: &str) -> Vec<u8> {
    Sha256::new().chain_update(registration.as_bytes()).chain_update(code).finalize().to_vec()
}
