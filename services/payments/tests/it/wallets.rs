//! The other providers, as these tests play them: each signs by their own reading of its protocol.

use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use testkit::{Installation, Method, TestResponse};

use crate::{fees::TOTAL, provider::Notice};

pub const MOMO_SECRET: &str = "momo secret of the tests";
pub const BANK_SECRET: &str = "bank secret of the tests";
const ZALOPAY_KEY2: &str = "zalopay second key of the tests";
const NATIONAL_SECRET: &str = "national secret of the tests";

/// The settings of every contract, with `url` for all that are called.
pub fn contracts(url: &str) -> Vec<&str> {
    [
        ["--momo-url", url],
        ["--momo-partner-code", "MOMO"],
        ["--momo-access-key", "ACCESS"],
        ["--momo-secret-key", MOMO_SECRET],
        ["--zalopay-url", url],
        ["--zalopay-app-id", "2553"],
        ["--zalopay-key1", "zalopay first key of the tests"],
        ["--zalopay-key2", ZALOPAY_KEY2],
        ["--vietqr-bank", "970415"],
        ["--vietqr-account", "113366668888"],
        ["--vietqr-holder", "UBND PHUONG DEMO"],
        ["--vietqr-agency", "H44.100"],
        ["--vietqr-notice-secret", BANK_SECRET],
        ["--national-url", url],
        ["--national-partner-code", "DVC44"],
        ["--national-bank", "970415"],
        ["--national-account", "113366668888"],
        ["--national-holder", "KBNN"],
        ["--national-secret", NATIONAL_SECRET],
    ]
    .concat()
}

pub fn hmac(secret: &str, text: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(text.as_bytes());
    mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect()
}

fn sha256(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What a provider tells of a payment.
#[derive(Clone, Debug)]
pub struct Word {
    /// Our name for the attempt.
    pub reference: String,
    /// The dossier's code, which is all that a bank has.
    pub code: String,
    pub amount: i64,
    pub number: u64,
    pub ours: bool,
    pub paid: bool,
}

impl Word {
    /// What was asked for was paid, under this number.
    pub fn paid(reference: &str, code: &str, number: u64) -> Self {
        Self { reference: reference.to_owned(), code: code.to_owned(), amount: TOTAL, number, ours: true, paid: true }
    }
}

/// Has a provider tell it, rightly signed; whether it heard that it is recorded.
pub async fn tell(installation: &Installation, provider: &str, word: &Word) -> bool {
    let Word { reference, amount, number, ours, paid, .. } = word;
    match provider {
        "VNPAY" => {
            let notice = if *paid { Notice::paid(reference) } else { Notice::cancelled(reference) };
            let notice = notice.with("vnp_Amount", &(amount * 100).to_string());
            let notice = if *paid { notice.with("vnp_TransactionNo", &number.to_string()) } else { notice };
            let notice = if *ours { notice } else { notice.with("vnp_TmnCode", "OTHERTMN") };
            matches!(notice.send(installation).await.as_str(), "00" | "02" | "04")
        }
        "MOMO" => post(installation, "momo", &momo(word, MOMO_SECRET)).await.status == 204,
        "ZALOPAY" => {
            let answer = post(installation, "zalopay", &zalopay(word)).await;
            answer.status == 200 && matches!(answer.json["return_code"].as_i64(), Some(1 | 2))
        }
        "NATIONAL" => {
            let answer = post(installation, "national", &national(word)).await;
            answer.status == 200 && answer.json["MaLoi"] == "00"
        }
        "VIETQR" => post(installation, "vietqr", &credit(word, BANK_SECRET)).await.status == 200,
        other => panic!("{other}"),
    }
}

/// Posts a notification as it is.
pub async fn post(installation: &Installation, provider: &str, body: &Value) -> TestResponse {
    let path = format!("/api/v1/payments/{provider}/notification");
    installation.nobody().call("payments", Method::POST, &path).json(body).send().await
}

/// MoMo's notification.
pub fn momo(word: &Word, secret: &str) -> Value {
    let (partner, code) = (if word.ours { "MOMO" } else { "OTHER" }, if word.paid { 0 } else { 1006 });
    let Word { reference, amount, number, .. } = word;
    let line = format!(
        "accessKey=ACCESS&amount={amount}&extraData=&message=m&orderId={reference}&orderInfo=i&orderType=momo_wallet\
        &partnerCode={partner}&payType=qr&requestId={reference}&responseTime=1784603730000&resultCode={code}\
        &transId={number}"
    );
    json!({
        "partnerCode": partner, "orderId": reference, "requestId": reference, "amount": amount, "orderInfo": "i",
        "orderType": "momo_wallet", "transId": number, "resultCode": code, "message": "m", "payType": "qr",
        "responseTime": 1_784_603_730_000_i64, "extraData": "", "signature": hmac(secret, &line),
    })
}

fn zalopay(word: &Word) -> Value {
    let data = json!({
        "app_id": if word.ours { 2553 } else { 1 }, "app_trans_id": format!("260721_{}", word.reference),
        "amount": word.amount, "zp_trans_id": word.number, "server_time": 1_784_603_730_000_i64,
    })
    .to_string();
    json!({"mac": hmac(ZALOPAY_KEY2, &data), "data": data, "type": 1})
}

fn national(word: &Word) -> Value {
    let (partner, code) = (if word.ours { "DVC44" } else { "OTHER" }, if word.paid { "00" } else { "02" });
    let Word { reference, amount, number, .. } = word;
    let line = format!("CONFIRM|{code}|{partner}|{reference}|{amount}|VND|{number}|PAYMENT|20260721101530|i");
    json!({
        "LoaiBanTin": "CONFIRM", "MaLoi": code, "MaDoiTac": partner, "MaThamChieu": reference,
        "SoTien": amount.to_string(), "MaTienTe": "VND", "MaGiaoDich": number.to_string(), "MaNganHang": "PAYMENT",
        "ThoiGianGD": "20260721101530", "ThongTinGiaoDich": "i",
        "MaXacThuc": sha256(&format!("{line}|{NATIONAL_SECRET}")),
    })
}

/// The bank's notice of money that came.
pub fn credit(word: &Word, secret: &str) -> Value {
    let account = if word.ours { "113366668888" } else { "999" };
    let content = format!("MBVCB.{}.{} nop phi", word.number, word.code.replace('-', " "));
    let Word { amount, number, .. } = word;
    let line = format!("{number}|970415|{account}|{amount}|VND|2026-07-21T03:15:30Z|{content}");
    json!({
        "transaction_id": number.to_string(), "bank": "970415", "account": account, "amount": amount,
        "currency": "VND", "booked_at": "2026-07-21T03:15:30Z", "content": content,
        "signature": hmac(secret, &line),
    })
}
