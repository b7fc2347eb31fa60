//! The six digits that confirm an e-mail address.

use chrono::TimeDelta;
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
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

/// Registrations of one network address in an hour that nobody has confirmed. Many people may be behind one address; what they
/// confirm does not count.
pub const UNCONFIRMED: i64 = 100;
/// Other addresses that one account wants in an hour and has not confirmed.
pub const UNCONFIRMED_ADDRESSES: i64 = 10;

civic::closed_list! {
    /// What a code is for.
    pub enum Purpose: "what a code is for" {
        /// A new password for who has forgotten hers.
        PasswordReset = "PASSWORD_RESET",
        /// Another e-mail address of an account.
        EmailChange = "EMAIL_CHANGE",
        /// An account.
        Registration = "REGISTRATION",
    }
}

impl Purpose {
    /// The purposes whose codes to a mailbox are counted together: those that go to an address which nobody has proven. Resets are
    /// counted apart, so that nobody who registers with addresses of a mailbox uses up its owner's.
    pub const fn counted_with(self) -> &'static [Self] {
        match self {
            Self::PasswordReset => &[Self::PasswordReset],
            Self::EmailChange | Self::Registration => &[Self::EmailChange, Self::Registration],
        }
    }
}

/// What codes are kept under. It is made of a key that signs tokens: who has that one needs no code.
pub struct CodeKey([u8; 32]);

impl CodeKey {
    /// The key made of a private key.
    pub fn of(private_key: &[u8]) -> Self {
        Self(mac(private_key, &[b"motcua confirmation codes"]))
    }

    /// What is stored of a code: six digits are soon tried through, but not without the key.
    pub fn digest(&self, confirmation: Uuid, code: &str) -> Vec<u8> {
        mac(&self.0, &[confirmation.as_bytes(), code.as_bytes()]).to_vec()
    }
}

/// Whether `code` is the one of which `kept` is stored, under one of these keys. Codes of the version before, which knew no key, are
/// right until they expire.
pub fn is_right(keys: &[CodeKey], kept: &[u8], confirmation: Uuid, code: &str) -> bool {
    let plain = Sha256::new().chain_update(confirmation.as_bytes()).chain_update(code).finalize().to_vec();
    let mut possible = keys.iter().map(|key| key.digest(confirmation, code)).chain([plain]);
    possible.any(|digest| bool::from(kept.ct_eq(&digest)))
}

fn mac(key: &[u8], parts: &[&[u8]]) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes a key of any length");
    parts.iter().for_each(|part| mac.update(part));
    mac.finalize().into_bytes().into()
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

    #[test]
    fn a_code_is_right_under_its_key_alone_and_for_its_confirmation_alone() {
        let (key, other) = (CodeKey::of(b"a key"), CodeKey::of(b"another"));
        let (id, kept) = (Uuid::from_u128(1), key.digest(Uuid::from_u128(1), "042137"));
        assert!(is_right(&[other, CodeKey::of(b"a key")], &kept, id, "042137"));
        assert!(!is_right(&[CodeKey::of(b"another")], &kept, id, "042137"));
        assert!(!is_right(&[CodeKey::of(b"a key")], &kept, id, "042138"));
        assert!(!is_right(&[CodeKey::of(b"a key")], &kept, Uuid::from_u128(2), "042137"));
        assert!(!is_right(&[key], &[], id, "042137"), "no code was sent");
    }
}
