//! VNPAY's desk for refunds, as these tests play it by their own reading of the protocol: takes, refuses, says nothing, is asked.

use std::sync::{Arc, Mutex};

use actix_web::{App, HttpResponse, HttpServer, web};
use serde_json::{Map, Value};
use testkit::free_port;

use crate::provider::{SECRET, hash};

/// How it answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mood {
    /// It takes the refund, and tells this status of it whenever it is asked.
    Takes(&'static str),
    /// It takes the refund and gives no answer; asked, it tells this status.
    TakesAndSaysNothing(&'static str),
    /// It refuses with this code.
    Refuses(&'static str),
    /// It takes nothing and answers nothing that can be used; asked, it tells of the payment alone.
    IsAway,
}

type Shared = (Arc<Mutex<Mood>>, Arc<Mutex<Vec<Map<String, Value>>>>);

/// The desk.
pub struct Desk {
    pub url: String,
    mood: Arc<Mutex<Mood>>,
    heard: Arc<Mutex<Vec<Map<String, Value>>>>,
}

impl Desk {
    /// Opens it.
    pub fn open(mood: Mood) -> Self {
        let address = format!("127.0.0.1:{}", free_port());
        let (mood, heard) = (Arc::new(Mutex::new(mood)), Arc::<Mutex<Vec<_>>>::default());
        let shared = web::Data::new((mood.clone(), heard.clone()));
        let server = HttpServer::new(move || App::new().app_data(shared.clone()).route("/", web::post().to(answer)));
        tokio::spawn(server.workers(1).disable_signals().bind(&address).unwrap().run());
        Self { url: format!("http://{address}/"), mood, heard }
    }

    /// Answers otherwise from now on.
    pub fn change(&self, mood: Mood) {
        *self.mood.lock().unwrap() = mood;
    }

    /// The refunds that it was sent.
    pub fn sent(&self) -> Vec<Map<String, Value>> {
        let heard = self.heard.lock().unwrap();
        heard.iter().filter(|request| request["vnp_Command"] == "refund").cloned().collect()
    }
}

async fn answer(shared: web::Data<Shared>, request: web::Json<Map<String, Value>>) -> HttpResponse {
    let request = request.into_inner();
    let mut heard = shared.1.lock().unwrap();
    heard.push(request.clone());
    let refund = heard.iter().find(|it| it["vnp_Command"] == "refund").cloned();
    let (mood, is_refund) = (*shared.0.lock().unwrap(), request["vnp_Command"] == "refund");
    match (mood, is_refund) {
        (Mood::TakesAndSaysNothing(_) | Mood::IsAway, true) => HttpResponse::InternalServerError().finish(),
        (Mood::Refuses(code), true) => HttpResponse::Ok().json(signed(&request, code, None)),
        (Mood::Takes(_), true) => HttpResponse::Ok().json(signed(&request, "00", Some((&request, "05")))),
        (Mood::Takes(status) | Mood::TakesAndSaysNothing(status), false) => {
            HttpResponse::Ok().json(signed(&request, "00", refund.as_ref().map(|refund| (refund, status))))
        }
        (Mood::IsAway | Mood::Refuses(_), false) => HttpResponse::Ok().json(signed(&request, "00", None)),
    }
}

fn signed(request: &Map<String, Value>, code: &str, refund: Option<(&Map<String, Value>, &str)>) -> Map<String, Value> {
    let of = |name: &str| request.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let mut told: Map<String, Value> = [
        ("vnp_ResponseId", "r1".to_owned()),
        ("vnp_Command", of("vnp_Command")),
        ("vnp_ResponseCode", code.to_owned()),
        ("vnp_Message", "m".to_owned()),
        ("vnp_TmnCode", "DEMOTMN1".to_owned()),
        ("vnp_TxnRef", of("vnp_TxnRef")),
        ("vnp_TransactionType", "01".to_owned()),
        ("vnp_TransactionStatus", "00".to_owned()),
    ]
    .map(|(name, value)| (name.to_owned(), Value::String(value)))
    .into_iter()
    .collect();
    if let Some((refund, status)) = refund {
        for name in ["vnp_Amount", "vnp_TransactionType"] {
            told.insert(name.to_owned(), refund[name].clone());
        }
        told.insert("vnp_TransactionNo".to_owned(), "14300001".into());
        told.insert("vnp_TransactionStatus".to_owned(), status.into());
    }
    let all = "ResponseId Command ResponseCode Message TmnCode TxnRef Amount BankCode PayDate TransactionNo \
        TransactionType TransactionStatus OrderInfo PromotionCode PromotionAmount";
    let count = if of("vnp_Command") == "refund" { 13 } else { 15 };
    let values = all
        .split_whitespace()
        .take(count)
        .map(|name| told.get(&format!("vnp_{name}")).and_then(Value::as_str).unwrap_or_default().to_owned());
    let hash = hash(SECRET, &values.collect::<Vec<_>>().join("|"));
    told.insert("vnp_SecureHash".to_owned(), hash.into());
    told
}
