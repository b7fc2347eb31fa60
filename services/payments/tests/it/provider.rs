//! VNPAY, as these tests play it: signs by its own reading of the protocol, notifies, answers questions.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

use actix_web::{App, HttpResponse, HttpServer, web};
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Map, Value};
use sha2::Sha512;
use testkit::{Installation, Method, eventually, free_port};

use crate::fees::TOTAL;

/// The secret that the service shares with VNPAY unless told otherwise.
pub const SECRET: &str = "TESTSECRETKEY0123456789ABCDEFGHJK";
/// Where VNPAY notifies us.
pub const NOTIFICATION: &str = "/api/v1/payments/vnpay/notification";

type Fields = BTreeMap<String, String>;

/// HMAC-SHA512 in hexadecimal.
pub fn hash(secret: &str, text: &str) -> String {
    let mut mac = Hmac::<Sha512>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(text.as_bytes());
    mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect()
}

fn encode(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"*-._".contains(&byte);
    let encoded = text.bytes().map(|byte| match byte {
        b' ' => "+".to_owned(),
        byte if plain(byte) => char::from(byte).to_string(),
        byte => format!("%{byte:02X}"),
    });
    encoded.collect()
}

/// The parameters of an address.
pub fn query_of(url: &str) -> Fields {
    let (_, query) = url.split_once('?').unwrap();
    url::form_urlencoded::parse(query.as_bytes()).into_owned().collect()
}

/// A notification about to be sent.
#[derive(Clone)]
pub struct Notice(Fields);

impl Notice {
    /// The fee was paid.
    pub fn paid(reference: &str) -> Self {
        let number = reference.bytes().fold(1_u32, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte.into()));
        let fields = [
            ("vnp_Amount", (TOTAL * 100).to_string()),
            ("vnp_BankCode", "NCB".into()),
            ("vnp_BankTranNo", format!("VNP{number}")),
            ("vnp_CardType", "ATM".into()),
            ("vnp_OrderInfo", "Nop phi ho so H44.100-260721-0001".into()),
            ("vnp_PayDate", "20260721101712".into()),
            ("vnp_ResponseCode", "00".into()),
            ("vnp_TmnCode", "DEMOTMN1".into()),
            ("vnp_TransactionNo", number.to_string()),
            ("vnp_TransactionStatus", "00".into()),
            ("vnp_TxnRef", reference.into()),
        ];
        Self(fields.map(|(name, value)| (name.to_owned(), value)).into())
    }

    /// The payer gave up.
    pub fn cancelled(reference: &str) -> Self {
        let notice = Self::paid(reference).with("vnp_ResponseCode", "24").with("vnp_TransactionStatus", "02");
        notice.with("vnp_TransactionNo", "0").with("vnp_BankTranNo", "")
    }

    /// With another value.
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.0.insert(name.to_owned(), value.to_owned());
        self
    }

    /// As a query, signed with `secret`.
    pub fn signed(&self, secret: &str) -> String {
        let said = self.0.iter().filter(|(_, value)| !value.is_empty());
        let pairs: Vec<_> = said.map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect();
        let form = pairs.join("&");
        format!("{form}&vnp_SecureHash={}", hash(secret, &form))
    }

    /// Sends it, rightly signed; gives the answer's code.
    pub async fn send(&self, installation: &Installation) -> String {
        send(installation, &self.signed(SECRET)).await
    }

    /// As [`Notice::send`], again whenever the answer is that it was not recorded, as VNPAY does.
    pub async fn send_until_heard(&self, installation: &Installation) -> String {
        eventually(|| async { Some(self.send(installation).await).filter(|code| code != "99") }).await
    }
}

/// Sends a notification as it is; gives the answer's code.
pub async fn send(installation: &Installation, query: &str) -> String {
    send_to(installation, NOTIFICATION, query).await
}

/// As [`send`], to another address.
pub async fn send_to(installation: &Installation, path: &str, query: &str) -> String {
    let answer =
        installation.nobody().call("payments", Method::GET, &format!("{path}?{query}")).send().await.expect(200);
    answer.text("/RspCode").to_owned()
}

/// How VNPAY answers questions.
#[derive(Clone, Debug)]
pub enum Mood {
    /// With this status of the payment.
    Status(&'static str),
    /// With this status of a payment over so much.
    Of(&'static str, i64),
    /// With another amount.
    WrongAmount,
    /// With the answer to a question about another payment.
    OtherPayment,
    /// That it knows no such payment.
    NotFound,
    /// Without the right signature.
    Unsigned,
    /// With more than anybody wants to read.
    Huge,
    /// With a page for people.
    Html,
    /// With a failure.
    Broken,
}

/// VNPAY's address for questions.
pub struct Questions {
    pub url: String,
    mood: Arc<Mutex<Mood>>,
    asked: Arc<Mutex<Vec<Map<String, Value>>>>,
}

impl Questions {
    /// Starts to answer.
    pub fn answered(mood: Mood) -> Self {
        let address = format!("127.0.0.1:{}", free_port());
        let (mood, asked) = (Arc::new(Mutex::new(mood)), Arc::<Mutex<Vec<_>>>::default());
        let shared = web::Data::new((mood.clone(), asked.clone()));
        let server = HttpServer::new(move || App::new().app_data(shared.clone()).route("/", web::post().to(answer)));
        tokio::spawn(server.workers(1).disable_signals().bind(&address).unwrap().run());
        Self { url: format!("http://{address}/"), mood, asked }
    }

    /// Answers otherwise from now on.
    pub fn change(&self, mood: Mood) {
        *self.mood.lock().unwrap() = mood;
    }

    /// What was asked so far.
    pub fn asked(&self) -> Vec<Map<String, Value>> {
        self.asked.lock().unwrap().clone()
    }
}

type Shared = (Arc<Mutex<Mood>>, Arc<Mutex<Vec<Map<String, Value>>>>);

async fn answer(shared: web::Data<Shared>, question: web::Json<Map<String, Value>>) -> HttpResponse {
    let question = question.into_inner();
    let reference = question["vnp_TxnRef"].as_str().unwrap().to_owned();
    shared.1.lock().unwrap().push(question);
    let mood = shared.0.lock().unwrap().clone();
    match mood {
        Mood::Status(status) => HttpResponse::Ok().json(told(&reference, status, TOTAL, SECRET)),
        Mood::Of(status, amount) => HttpResponse::Ok().json(told(&reference, status, amount, SECRET)),
        Mood::WrongAmount => HttpResponse::Ok().json(told(&reference, "00", TOTAL - 1, SECRET)),
        Mood::OtherPayment => HttpResponse::Ok().json(told("0123456789abcdef", "00", TOTAL, SECRET)),
        Mood::NotFound => HttpResponse::Ok().json(signed([("vnp_ResponseCode", "91".into())], SECRET)),
        Mood::Unsigned => HttpResponse::Ok().json(told(&reference, "00", TOTAL, "ANOTHER")),
        Mood::Huge => {
            let mut told = told(&reference, "00", TOTAL, SECRET);
            told.insert("padding".into(), "x".repeat(70_000).into());
            HttpResponse::Ok().json(told)
        }
        Mood::Html => HttpResponse::Ok().content_type("text/html").body("<html>He thong dang bao tri</html>"),
        Mood::Broken => HttpResponse::InternalServerError().finish(),
    }
}

fn told(reference: &str, status: &str, amount: i64, secret: &str) -> Map<String, Value> {
    let fields = [
        ("vnp_ResponseCode", "00".to_owned()),
        ("vnp_TmnCode", "DEMOTMN1".to_owned()),
        ("vnp_TxnRef", reference.to_owned()),
        ("vnp_Amount", (amount * 100).to_string()),
        ("vnp_BankCode", "NCB".to_owned()),
        ("vnp_PayDate", "20260721101712".to_owned()),
        ("vnp_TransactionNo", "14226112".to_owned()),
        ("vnp_TransactionType", "01".to_owned()),
        ("vnp_TransactionStatus", status.to_owned()),
    ];
    signed(fields, secret)
}

fn signed<const N: usize>(fields: [(&str, String); N], secret: &str) -> Map<String, Value> {
    let mut all: BTreeMap<&str, String> = fields.into();
    all.extend([("vnp_ResponseId", "r1".into()), ("vnp_Command", "querydr".into()), ("vnp_Message", "m".into())]);
    let order = "ResponseId Command ResponseCode Message TmnCode TxnRef Amount BankCode PayDate TransactionNo \
        TransactionType TransactionStatus OrderInfo PromotionCode PromotionAmount";
    let values: Vec<_> = order
        .split_whitespace()
        .map(|name| all.get(format!("vnp_{name}").as_str()).cloned().unwrap_or_default())
        .collect();
    let hash = hash(secret, &values.join("|"));
    let all = all.into_iter().chain([("vnp_SecureHash", hash)]);
    all.map(|(name, value)| (name.to_owned(), Value::String(value))).collect()
}
