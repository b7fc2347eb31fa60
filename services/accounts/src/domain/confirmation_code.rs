//! The six digits that confirm an e-mail address.

use chrono::TimeDelta;
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// Digits of a code.
pub const DIGITS: usize = 6;
/// How long a code works: as OWASP ASVS 6.5.5 has it.
pub const LIFE: TimeDelta = TimeDelta::minutes(10);
/// Tries that a code survives, the last of which may be right.
pub const TRIES: i16 = 5;
/// Codes that one device or network address may have sent to a mailbox in an hour: enough for a person.
pub const AN_HOUR: i64 = 5;
/// Codes that a mailbox is sent in an hour, whoever asks: too few to fill it or to guess, and more than one stranger can use up.
pub const AN_HOUR_TOGETHER: i64 = 15;

/// What is stored of a code. It hides the code from a passing look only, for six digits are soon tried through; what
/// protects them are five tries and ten minutes.
pub fn digest(confirmation: Uuid, code: &str) -> Vec<u8> {
    Sha256::new().chain_update(confirmation.as_bytes()).chain_update(code).finalize().to_vec()
}

/// Whether a text has the form of a code.
pub fn is_one(text: &str) -> bool {
    text.len() == DIGITS && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The mailbox of an address: one however it is written, since mail to `an+1@…` and `AN@…` reaches `an@…`.
pub fn mailbox(email: &str) -> String {
    let (name, domain) = email.rsplit_once('@').unwrap_or((email, ""));
    let name = name.split('+').next().unwrap_or_default();
    format!("{name}@{domain}").to_lowercase()
}

/// Whether one more code may be sent, after this many in the last hour.
pub fn may_be_sent(to_who_asks: i64, to_all: i64) -> bool {
    to_who_asks < AN_HOUR && to_all < AN_HOUR_TOGETHER
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mailbox_is_one_however_its_address_is_written() {
        for written in ["an@example.vn", "AN@Example.vn", "an+1@example.vn", "an+a+b@example.vn"] {
            assert_eq!(mailbox(written), "an@example.vn");
        }
        assert_eq!(mailbox("+1@example.vn"), "@example.vn");
    }
}
