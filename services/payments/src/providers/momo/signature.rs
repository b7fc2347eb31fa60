//! MoMo's signatures: HMAC-SHA256 over `name=value` pairs in a fixed order, as they are and not encoded for an address.

use hmac::Hmac;
use serde_json::{Map, Value};
use sha2::Sha256;

use crate::providers::wire::text;

/// The secrets shared with MoMo.
pub(super) type Keys = crate::providers::keys::Keys<Hmac<Sha256>>;

/// What a notification's signature covers, behind the access key.
const NOTIFIED: [&str; 12] = [
    "amount",
    "extraData",
    "message",
    "orderId",
    "orderInfo",
    "orderType",
    "partnerCode",
    "payType",
    "requestId",
    "responseTime",
    "resultCode",
    "transId",
];

/// Pairs as they are signed.
pub(super) fn line(pairs: &[(&str, &str)]) -> String {
    pairs.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&")
}

/// What a notification's signature covers.
pub(super) fn of_notification(access_key: &str, fields: &Map<String, Value>) -> String {
    let said = NOTIFIED.map(|name| (name, text(fields, name)));
    let said = said.iter().map(|(name, value)| (*name, value.as_str()));
    line(&[("accessKey", access_key)].into_iter().chain(said).collect::<Vec<_>>())
}
