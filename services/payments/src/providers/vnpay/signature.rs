//! VNPAY's signatures: HMAC-SHA512 in lower-case hexadecimal, over a sorted form or a line of bars.

use std::collections::BTreeMap;

use hmac::Hmac;
use sha2::Sha512;
use url::form_urlencoded;

/// The parameter that holds the signature.
pub(super) const SECURE_HASH: &str = "vnp_SecureHash";
const SECURE_HASH_TYPE: &str = "vnp_SecureHashType";

/// Parameters in the order in which they are signed.
pub(super) type Fields = BTreeMap<String, String>;

/// The secrets shared with VNPAY.
pub(super) type Keys = crate::providers::keys::Keys<Hmac<Sha512>>;

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
