//! VNPAY's notification: anybody may send anything, and only a query that says just what was signed is believed.

#![no_main]

use std::{collections::BTreeMap, sync::LazyLock};

use hmac::{Hmac, KeyInit, Mac};
use libfuzzer_sys::fuzz_target;
use runtime::Life;
use sha2::Sha512;
use url::form_urlencoded::{byte_serialize, parse};

#[allow(dead_code, reason = "VNPAY's contract is wanted of it only")]
#[path = "../../../services/payments/src/config.rs"]
mod config;
#[allow(dead_code, reason = "reports are wanted of it only")]
#[path = "../../../services/payments/src/domain/mod.rs"]
mod domain;
#[allow(dead_code, reason = "the reading of callbacks is wanted of it only")]
#[path = "../../../services/payments/src/providers/mod.rs"]
mod providers;

use config::VnpaySettings;
use domain::report::{Outcome, Report};
use providers::{Notification, vnpay::Vnpay};

const SECRET: &str = "FUZZ";
const MERCHANT: &str = "DEMOTMN1";

static VNPAY: LazyLock<Vnpay> = LazyLock::new(|| {
    let settings = VnpaySettings {
        vnpay_pay_url: String::new(),
        vnpay_api_url: String::new(),
        vnpay_return_url: None,
        vnpay_tmn_code: MERCHANT.into(),
        vnpay_hash_secret: SECRET.into(),
        vnpay_previous_hash_secret: None,
    };
    Vnpay::new(&settings, "", Life::system()).expect("a client")
});

// What VNPAY signs, and on the next line what is sent with that signature.
fuzz_target!(|text: &str| {
    let (signed, sent) = text.split_once('\n').unwrap_or((text, text));
    assert_eq!(VNPAY.read(sent), None, "nobody signed it");
    let query = format!("{sent}&vnp_SecureHash={}", sign(&said(signed)));
    let believed = !repeats(&query) && said(sent) == said(signed) && tells_an_outcome(&said(signed));
    let report = VNPAY.read(&query);
    assert_eq!(report.is_some(), believed, "{query}");
    if let Some(report) = report {
        says(&report, &said(signed));
    }
});

fn named(query: &str) -> impl Iterator<Item = (String, String)> {
    let pairs = parse(query.as_bytes()).filter(|(name, _)| name.starts_with("vnp_"));
    pairs.map(|(name, value)| (name.into_owned(), value.into_owned()))
}

/// What the signature covers, read and signed here from VNPAY's description.
fn said(query: &str) -> BTreeMap<String, String> {
    let covered = |name: &str| !["vnp_SecureHash", "vnp_SecureHashType"].contains(&name);
    named(query).filter(|(name, value)| covered(name) && !value.is_empty()).collect()
}

/// We sign requests with the same secret: those tell nothing.
fn tells_an_outcome(fields: &BTreeMap<String, String>) -> bool {
    fields.contains_key("vnp_ResponseCode") && fields.get("vnp_Command").is_none_or(|command| command != "pay")
}

fn repeats(query: &str) -> bool {
    let mut names: Vec<_> = named(query).map(|(name, _)| name).collect();
    names.sort();
    names.windows(2).any(|pair| pair[0] == pair[1])
}

fn sign(fields: &BTreeMap<String, String>) -> String {
    let encoded = |text: &str| byte_serialize(text.as_bytes()).collect::<String>();
    let pairs: Vec<_> = fields.iter().map(|(name, value)| format!("{}={}", encoded(name), encoded(value))).collect();
    let mut mac = Hmac::<Sha512>::new_from_slice(SECRET.as_bytes()).expect("a key of any length");
    mac.update(pairs.join("&").as_bytes());
    hex::encode(mac.finalize().into_bytes())
}

/// A report adds nothing to what was signed; above all no money.
fn says(report: &Report, fields: &BTreeMap<String, String>) {
    let get = |name: &str| fields.get(name).map_or("", String::as_str);
    assert_eq!(report.reference, get("vnp_TxnRef"));
    assert_eq!(report.for_us, get("vnp_TmnCode") == MERCHANT);
    if let Some(amount) = report.amount {
        assert_eq!(get("vnp_Amount").parse(), Ok(amount.dong() * 100));
    }
    if let Outcome::Paid(payment) = &report.outcome {
        assert_eq!((get("vnp_ResponseCode"), get("vnp_TransactionStatus")), ("00", "00"));
        assert!(!payment.provider_reference.is_empty() && payment.provider_reference == get("vnp_TransactionNo"));
    }
}
