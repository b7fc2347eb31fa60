//! VNPAY's answer to a question: unsigned it is none, and signed it is believed only about the payment that was asked about.

#![no_main]

use std::sync::LazyLock;

use chrono::DateTime;
use hmac::{Hmac, KeyInit, Mac};
use libfuzzer_sys::fuzz_target;
use runtime::Life;
use serde_json::{Map, Value};
use sha2::Sha512;

#[allow(dead_code, reason = "VNPAY's contract is wanted of it only")]
#[path = "../../../services/payments/src/config.rs"]
mod config;
#[allow(dead_code, reason = "reports are wanted of it only")]
#[path = "../../../services/payments/src/domain/mod.rs"]
mod domain;
#[allow(dead_code, reason = "the reading of answers is wanted of it only")]
#[path = "../../../services/payments/src/providers/mod.rs"]
mod providers;

use config::VnpaySettings;
use domain::report::Outcome;
use providers::{Query, QueryOutcome, vnpay::Vnpay};

const SECRET: &str = "FUZZ";
const REFERENCE: &str = "H44100260721000101";
/// What is signed, in VNPAY's order.
const SIGNED: [&str; 15] = [
    "vnp_ResponseId",
    "vnp_Command",
    "vnp_ResponseCode",
    "vnp_Message",
    "vnp_TmnCode",
    "vnp_TxnRef",
    "vnp_Amount",
    "vnp_BankCode",
    "vnp_PayDate",
    "vnp_TransactionNo",
    "vnp_TransactionType",
    "vnp_TransactionStatus",
    "vnp_OrderInfo",
    "vnp_PromotionCode",
    "vnp_PromotionAmount",
];

static VNPAY: LazyLock<Vnpay> = LazyLock::new(|| {
    let settings = VnpaySettings {
        vnpay_pay_url: String::new(),
        vnpay_api_url: String::new(),
        vnpay_return_url: None,
        vnpay_tmn_code: "DEMOTMN1".into(),
        vnpay_hash_secret: SECRET.into(),
        vnpay_previous_hash_secret: None,
    };
    Vnpay::new(&settings, "", Life::system()).expect("a client")
});

fuzz_target!(|text: &str| {
    let question = Query { reference: REFERENCE.into(), created_at: DateTime::UNIX_EPOCH };
    assert!(VNPAY.read_answer(&question, text.to_owned()).is_err(), "nobody signed it");
    let Ok(mut fields) = serde_json::from_str::<Map<String, Value>>(text) else { return };
    let hash = sign(&fields);
    fields.insert("vnp_SecureHash".into(), hash.into());
    let told = VNPAY.read_answer(&question, Value::Object(fields.clone()).to_string());
    match &told {
        Ok(QueryOutcome::Reported(report, _)) => {
            assert_eq!(
                (said(&fields, "vnp_ResponseCode"), said(&fields, "vnp_TxnRef")),
                ("00".into(), REFERENCE.into())
            );
            assert_eq!(report.reference, REFERENCE);
            let paid = ["vnp_TransactionType", "vnp_TransactionStatus"].map(|name| said(&fields, name));
            assert!(!matches!(report.outcome, Outcome::Paid(_)) || paid == ["01", "00"], "{paid:?}");
        }
        Ok(QueryOutcome::NotFinished) => {
            assert!(said(&fields, "vnp_ResponseCode") == "91" || said(&fields, "vnp_TransactionStatus") == "01");
        }
        Err(_) => return,
    }
    let altered = SIGNED[text.len() % SIGNED.len()];
    fields.insert(altered.into(), format!("{}0", said(&fields, altered)).into());
    assert!(VNPAY.read_answer(&question, Value::Object(fields).to_string()).is_err(), "{altered} was altered");
});

fn said(fields: &Map<String, Value>, name: &str) -> String {
    match fields.get(name) {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(number)) => number.to_string(),
        _ => String::new(),
    }
}

fn sign(fields: &Map<String, Value>) -> String {
    let mut mac = Hmac::<Sha512>::new_from_slice(SECRET.as_bytes()).expect("a key of any length");
    mac.update(SIGNED.map(|name| said(fields, name)).join("|").as_bytes());
    hex::encode(mac.finalize().into_bytes())
}
