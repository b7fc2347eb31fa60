//! Secrets shared with a provider: signatures in lower-case hexadecimal, by the secret of today and believed by the one before it too.

use hmac::{KeyInit, Mac};
use subtle::ConstantTimeEq;

/// The secret shared with a provider, and the one before it.
pub struct Keys<M> {
    current: M,
    previous: Option<M>,
}

impl<M: Mac + KeyInit + Clone> Keys<M> {
    /// The keys of these secrets.
    pub fn new(current: &str, previous: Option<&str>) -> Self {
        Self { current: keyed(current), previous: previous.map(keyed) }
    }

    /// The signature of `text` by the secret of today.
    pub fn sign(&self, text: &str) -> String {
        sign(&self.current, text)
    }

    /// Whether `claimed` is the signature of `text` by either secret. Takes as long for a wrong one as for a right one.
    pub fn signed(&self, text: &str, claimed: &str) -> bool {
        let mut keys = [Some(&self.current), self.previous.as_ref()].into_iter().flatten();
        keys.any(|key| sign(key, text).as_bytes().ct_eq(claimed.as_bytes()).into())
    }
}

fn keyed<M: KeyInit>(secret: &str) -> M {
    M::new_from_slice(secret.as_bytes()).expect("HMAC takes a key of any length")
}

fn sign<M: Mac + Clone>(key: &M, text: &str) -> String {
    hex::encode(key.clone().chain_update(text).finalize().into_bytes())
}
