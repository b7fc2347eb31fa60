//! Refresh tokens: a chain in which each token is made from the one before, so that the same question asked twice gets
//! the same answer although only hashes are stored.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use chrono::{DateTime, TimeDelta, Utc};
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use uuid::Uuid;

/// Two tabs of one person, or a retry after a lost answer, ask within this time with the same token.
const GRACE: TimeDelta = TimeDelta::seconds(5);
const VALUE: usize = 32;
const SEAL: usize = 16;
const LENGTH: usize = 16 + VALUE + SEAL;

/// A refresh token: the session, a secret value, and a seal under the session's key.
#[derive(Clone, PartialEq, Eq)]
pub struct RefreshToken {
    /// The session that it says it belongs to.
    pub session: Uuid,
    value: [u8; VALUE],
    seal: [u8; SEAL],
}

/// What is stored of a chain.
pub struct Chain<'a> {
    /// The session's key.
    pub key: &'a [u8],
    /// [`RefreshToken::digest`] of the newest token.
    pub current: &'a [u8],
    /// That of the one before, and when it was replaced.
    pub previous: Option<(&'a [u8], DateTime<Utc>)>,
}

/// What a presented token is to its chain.
#[derive(Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The newest: it is replaced by its successor.
    Current,
    /// The one just replaced: its successor is given again.
    JustReplaced,
    /// An older one of this chain: somebody has a copy. The session must end.
    Reused,
    /// None of ours.
    Forged,
}

impl RefreshToken {
    /// The first token of a session.
    pub fn first(session: Uuid, key: &[u8], value: [u8; VALUE]) -> Self {
        Self { session, value, seal: seal(key, &value) }
    }

    /// The token that replaces this one.
    #[must_use]
    pub fn successor(&self, key: &[u8]) -> Self {
        Self::first(self.session, key, mac(key, "successor", &self.value))
    }

    /// What is stored of it.
    pub fn digest(&self) -> Vec<u8> {
        Sha256::digest(self.value).to_vec()
    }

    /// The text that the client holds.
    pub fn text(&self) -> String {
        BASE64_URL_SAFE_NO_PAD.encode([self.session.as_bytes().as_slice(), &self.value, &self.seal].concat())
    }

    /// Reads a token's text; `None` for anything that cannot be one.
    pub fn read(text: &str) -> Option<Self> {
        let bytes: [u8; LENGTH] = BASE64_URL_SAFE_NO_PAD.decode(text).ok()?.try_into().ok()?;
        let (session, rest) = bytes.split_first_chunk()?;
        let (value, seal) = rest.split_first_chunk()?;
        Some(Self { session: Uuid::from_bytes(*session), value: *value, seal: seal.try_into().ok()? })
    }

    /// What this token is to `chain`. The seal tells a token that once was issued from an invention: without it, whoever
    /// learned the id of a session could end it.
    pub fn judge(&self, chain: &Chain<'_>, now: DateTime<Utc>) -> Verdict {
        if !bool::from(seal(chain.key, &self.value).ct_eq(&self.seal)) {
            return Verdict::Forged;
        }
        let digest = self.digest();
        if digest == chain.current {
            return Verdict::Current;
        }
        let just_replaced = chain.previous.is_some_and(|(hash, at)| digest == hash && now - at <= GRACE);
        if just_replaced { Verdict::JustReplaced } else { Verdict::Reused }
    }
}

fn seal(key: &[u8], value: &[u8; VALUE]) -> [u8; SEAL] {
    let mut seal = [0; SEAL];
    seal.copy_from_slice(&mac(key, "seal", value)[..SEAL]);
    seal
}

fn mac(key: &[u8], purpose: &str, value: &[u8]) -> [u8; VALUE] {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes a key of any length");
    mac.update(purpose.as_bytes());
    mac.update(value);
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: [u8; 32] = [1; 32];

    fn now() -> DateTime<Utc> {
        DateTime::from_timestamp(1_784_602_800, 0).expect("a time")
    }

    fn first() -> RefreshToken {
        RefreshToken::first(Uuid::from_u128(7), &KEY, [2; 32])
    }

    fn verdict(token: &RefreshToken, age: TimeDelta) -> Verdict {
        let (previous, current) = (first().successor(&KEY), first().successor(&KEY).successor(&KEY));
        let (previous, current) = (previous.digest(), current.digest());
        token.judge(&Chain { key: &KEY, current: &current, previous: Some((&previous, now() - age)) }, now())
    }

    #[test]
    fn only_the_newest_and_for_five_seconds_the_one_before_are_taken() {
        let (second, third) = (first().successor(&KEY), first().successor(&KEY).successor(&KEY));
        assert_eq!(verdict(&third, TimeDelta::hours(1)), Verdict::Current);
        assert_eq!(verdict(&second, TimeDelta::seconds(5)), Verdict::JustReplaced);
        assert_eq!(verdict(&second, TimeDelta::seconds(6)), Verdict::Reused);
        assert_eq!(verdict(&first(), TimeDelta::zero()), Verdict::Reused);
    }

    #[test]
    fn an_invented_value_is_forged_and_not_reused() {
        let invented = RefreshToken::first(first().session, &[9; 32], [2; 32]);
        assert_eq!(verdict(&invented, TimeDelta::zero()), Verdict::Forged);
    }

    #[test]
    fn a_token_reads_back_as_it_was_written_and_junk_does_not_read() {
        let token = first();
        assert!(RefreshToken::read(&token.text()) == Some(token));
        for junk in ["", "x", "AAAA", "không phải", &"A".repeat(87)] {
            assert!(RefreshToken::read(junk).is_none(), "{junk}");
        }
    }
}
