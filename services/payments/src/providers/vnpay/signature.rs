//! VNPAY's signatures: HMAC-SHA512 in lower-case hexadecimal, over a sorted form or a line of bars.

use std::collections::BTreeMap;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha512;
use subtle::ConstantTimeEq;
use url::form_urlencoded;

/// The parameter that holds the signature.
pub(super) const SECURE_HASH: &str = "vnp_SecureHash";
const SECURE_HASH_TYPE: &str = "vnp_SecureHashType";

/// Parameters in the order in which they are signed.
pub(super) type Fields = BTreeMap<String, String>;

/// The secret shared with VNPAY, and the one before it.
pub(super) struct Keys {
    current: Hmac<Sha512>,
    previous: Option<Hmac<Sha512>>,
}

impl Keys {
    pub(super) fn new(current: &str, previous: Option<&str>) -> Self {
        Self { current: keyed(current), previous: previous.map(keyed) }
    }

    pub(super) fn sign(&self, text: &str) -> String {
        sign(&self.current, text)
    }

    /// Whether `claimed` is the signature of `text` by either secret. Takes as long for a wrong one as for a right one.
    pub(super) fn signed(&self, text: &str, claimed: &str) -> bool {
        let mut keys = [Some(&self.current), self.previous.as_ref()].into_iter().flatten();
        keys.any(|key| sign(key, text).as_bytes().ct_eq(claimed.as_bytes()).into())
    }
}

fn keyed(secret: &str) -> Hmac<Sha512> {
    Hmac::new_from_slice(secret.as_bytes()).expect("HMAC takes a key of any length")
}

fn sign(key: &Hmac<Sha512>, text: &str) -> String {
    hex::encode(key.clone().chain_update(text).finalize().into_bytes())
}

/// VNPAY's parameters of a query; `None` when one stands in it twice, for then it could mean two things.
pub(super) fn fields_of(query: &str) -> Option<Fields> {
    let mut fields = Fields::new();
    for (name, value) in form_urlencoded::parse(query.as_bytes()).filter(|(name, _)| name.starts_with("vnp_")) {
        if fields.insert(name.into_owned(), value.into_owned()).is_some() {
            return None;
        }
    }
    Some(fields)
}

/// What a query's signature covers: every parameter that says something, but the signature, in the web's form encoding.
pub(super) fn form(fields: &Fields) -> String {
    let covered = |name: &str| name != SECURE_HASH && name != SECURE_HASH_TYPE;
    let said = fields.iter().filter(|(name, value)| covered(name) && !value.is_empty());
    form_urlencoded::Serializer::new(String::new()).extend_pairs(said).finish()
}

/// What the signature of a question or an answer covers: the values in VNPAY's order, those that are absent as empty.
pub(super) fn checksum<'a>(values: impl IntoIterator<Item = &'a str>) -> String {
    values.into_iter().collect::<Vec<_>>().join("|")
}
