//! A merchant of VNPAY: signs orders, takes notifications, answers them as told.

use std::{
    collections::{BTreeMap, VecDeque},
    sync::{Arc, Mutex},
};

use actix_web::{App, HttpRequest, HttpResponse, HttpServer, web};
use chrono::{Duration, FixedOffset, Utc};
use hmac::{Hmac, KeyInit, Mac};
use reqwest::{Response, Url};
use serde_json::{Map, Value};
use sha2::Sha512;

use super::{Fixture, until};

const SECRET: &str = "TESTSECRETKEY0123456789ABCDEFGHJK";

pub type Form = BTreeMap<String, String>;

pub fn sign_with(secret: &str, data: &str) -> String {
    let mut mac = Hmac::<Sha512>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(data.as_bytes());
    hex::encode(mac.finalize().into_bytes())
}

pub fn sign(data: &str) -> String {
    sign_with(SECRET, data)
}

/// Now, moved by minutes, as VNPAY writes it.
pub fn wire_time(minutes: i64) -> String {
    let hanoi = FixedOffset::east_opt(7 * 3600).unwrap();
    (Utc::now() + Duration::minutes(minutes)).with_timezone(&hanoi).format("%Y%m%d%H%M%S").to_string()
}

/// An order of 75,000 dong, not yet signed.
pub fn order(txn_ref: &str) -> Form {
    [
        ("vnp_Version", "2.1.0"),
        ("vnp_Command", "pay"),
        ("vnp_TmnCode", "DEMOTMN1"),
        ("vnp_Amount", "7500000"),
        ("vnp_CreateDate", &wire_time(0)),
        ("vnp_ExpireDate", &wire_time(15)),
        ("vnp_CurrCode", "VND"),
        ("vnp_IpAddr", "203.0.113.7"),
        ("vnp_Locale", "vn"),
        ("vnp_OrderInfo", "Nop phi ho so H44.100-260721-0001: cap GCN (lan 1)"),
        ("vnp_OrderType", "other"),
        ("vnp_ReturnUrl", "http://localhost/payment/return?x=1"),
        ("vnp_TxnRef", txn_ref),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()))
    .into()
}

pub fn encode(form: &Form) -> String {
    let pairs: Vec<String> = form.iter().map(|(name, value)| format!("{name}={}", escape(value))).collect();
    pairs.join("&")
}

fn escape(value: &str) -> String {
    value
        .bytes()
        .map(|byte| match byte {
            b' ' => "+".to_owned(),
            b'*' | b'-' | b'.' | b'_' | b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => char::from(byte).to_string(),
            _ => format!("%{byte:02X}"),
        })
        .collect()
}

pub fn signed(mut form: Form) -> Form {
    let hash = sign(&encode(&form));
    form.insert("vnp_SecureHash".to_owned(), hash);
    form
}

/// The fields of a URL whose signature is right.
pub fn verified(url: &str) -> Form {
    let (fields, claimed) = read(url);
    assert_eq!(sign(&encode(&fields)), claimed, "the signature of {url}");
    fields
}

/// The `vnp_` fields of a URL, and the signature.
pub fn read(url: &str) -> (Form, String) {
    let url = Url::parse(url).unwrap();
    let pairs = url.query_pairs().filter(|(name, _)| name.starts_with("vnp_"));
    let mut fields: Form = pairs.map(|(name, value)| (name.into_owned(), value.into_owned())).collect();
    let claimed = fields.remove("vnp_SecureHash").unwrap();
    (fields, claimed)
}

impl Fixture {
    pub async fn choose(&self, form: &Form, choice: &str) -> Response {
        let mut form = form.clone();
        form.insert("choice".to_owned(), choice.to_owned());
        self.http.post(self.url("/paymentv2/pay")).form(&form).send().await.unwrap()
    }

    /// Pays a fresh order and gives it back with the result in the return address.
    pub async fn pay(&self, txn_ref: &str, choice: &str) -> (Form, Form) {
        let order = signed(order(txn_ref));
        let answer = self.choose(&order, choice).await;
        assert_eq!(answer.status(), 302);
        let location = answer.headers()["location"].to_str().unwrap().to_owned();
        (order, verified(&location))
    }

    /// Sends a request of the transaction API, signed over these fields in this order.
    pub async fn transact(&self, fields: &[(&str, &str)]) -> Map<String, Value> {
        let line: Vec<&str> = fields.iter().map(|(_, value)| *value).collect();
        let mut body: Form = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        body.insert("vnp_SecureHash".to_owned(), sign(&line.join("|")));
        self.transact_raw(&body).await.json().await.unwrap()
    }

    pub async fn transact_raw(&self, body: &Form) -> Response {
        self.http.post(self.url("/merchant_webapi/api/transaction")).json(body).send().await.unwrap()
    }
}

/// Checks the pipe signature of an answer and gives the named value.
pub fn check_answer(answer: &Map<String, Value>, with_promotion: bool) {
    let mut names = vec![
        "ResponseId",
        "Command",
        "ResponseCode",
        "Message",
        "TmnCode",
        "TxnRef",
        "Amount",
        "BankCode",
        "PayDate",
        "TransactionNo",
        "TransactionType",
        "TransactionStatus",
        "OrderInfo",
    ];
    if with_promotion {
        names.extend(["PromotionCode", "PromotionAmount"]);
    }
    let values: Vec<&str> = names
        .iter()
        .map(|name| answer.get(&format!("vnp_{name}")).map_or("", |value| value.as_str().unwrap()))
        .collect();
    assert_eq!(answer["vnp_SecureHash"], sign(&values.join("|")));
}

/// Takes notifications; answers with the codes given, then with 00.
#[derive(Clone)]
pub struct Merchant {
    pub url: String,
    answers: Arc<Mutex<VecDeque<String>>>,
    taken: Arc<Mutex<Vec<String>>>,
}

impl Merchant {
    pub fn answering(answers: &[&str]) -> Self {
        let merchant = Self {
            url: String::new(),
            answers: Arc::new(Mutex::new(answers.iter().map(|code| (*code).to_owned()).collect())),
            taken: Arc::default(),
        };
        let state = merchant.clone();
        let server = HttpServer::new(move || {
            App::new().app_data(web::Data::new(state.clone())).route("/ipn", web::get().to(take))
        });
        let server = server.workers(1).disable_signals().bind(("127.0.0.1", 0)).unwrap();
        let url = format!("http://{}/ipn", server.addrs()[0]);
        tokio::spawn(server.run());
        Self { url, ..merchant }
    }

    /// The notifications taken so far, as URLs.
    pub fn taken(&self) -> Vec<String> {
        self.taken.lock().unwrap().clone()
    }

    pub async fn until_taken(&self, count: usize) -> Vec<String> {
        until(async || Some(self.taken()).filter(|taken| taken.len() >= count)).await
    }
}

async fn take(request: HttpRequest, merchant: web::Data<Merchant>) -> HttpResponse {
    merchant.taken.lock().unwrap().push(format!("http://merchant{}", request.uri()));
    let code = merchant.answers.lock().unwrap().pop_front().unwrap_or_else(|| "00".to_owned());
    match code.as_str() {
        "500" => HttpResponse::InternalServerError().finish(),
        code => HttpResponse::Ok().json(serde_json::json!({ "RspCode": code, "Message": "" })),
    }
}

/// Takes notifications that are posted; answers with the statuses given, then with 204, or with 200 to those that want words.
#[derive(Clone)]
pub struct Posted {
    pub url: String,
    answers: Arc<Mutex<VecDeque<u16>>>,
    taken: Arc<Mutex<Vec<Value>>>,
}

impl Posted {
    pub fn answering(answers: &[u16]) -> Self {
        let answers = Arc::new(Mutex::new(answers.iter().copied().collect()));
        let merchant = Self { url: String::new(), answers, taken: Arc::default() };
        let state = merchant.clone();
        let server = HttpServer::new(move || {
            App::new().app_data(web::Data::new(state.clone())).route("/ipn", web::post().to(take_posted))
        });
        let server = server.workers(1).disable_signals().bind(("127.0.0.1", 0)).unwrap();
        let url = format!("http://{}/ipn", server.addrs()[0]);
        tokio::spawn(server.run());
        Self { url, ..merchant }
    }

    pub async fn until_taken(&self, count: usize) -> Vec<Value> {
        until(async || Some(self.taken.lock().unwrap().clone()).filter(|taken| taken.len() >= count)).await
    }
}

async fn take_posted(body: web::Json<Value>, merchant: web::Data<Posted>) -> HttpResponse {
    let wants_words = body.get("MaLoi").is_some() || body.get("transaction_id").is_some();
    merchant.taken.lock().unwrap().push(body.into_inner());
    match merchant.answers.lock().unwrap().pop_front() {
        Some(status) => HttpResponse::build(actix_web::http::StatusCode::from_u16(status).unwrap()).finish(),
        None if wants_words => HttpResponse::Ok().json(serde_json::json!({"MaLoi": "00"})),
        None => HttpResponse::NoContent().finish(),
    }
}
