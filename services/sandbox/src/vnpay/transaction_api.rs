//! The merchant web API: one address for `querydr` and `refund`, JSON signed over pipes both ways.

use actix_web::{HttpResponse, web};
use chrono::{DateTime, Utc};
use serde_json::{Map, Value};
use uuid::Uuid;

use super::{
    VERSION,
    code::Code,
    dates, query, refund,
    signing::{self, Fields, SECURE_HASH},
    state::State,
};
use crate::{ApiAnswer, loose_json::LooseObject, silence};

const HUGE_ANSWER: usize = 16 * 1024 * 1024;

/// A command: what a request's and an answer's signatures cover, and in which order.
struct Command {
    name: &'static str,
    request: &'static [&'static str],
    response: &'static [&'static str],
}

const QUERY: Command = Command {
    name: "querydr",
    request: &[
        "vnp_RequestId",
        "vnp_Version",
        "vnp_Command",
        "vnp_TmnCode",
        "vnp_TxnRef",
        "vnp_TransactionDate",
        "vnp_CreateDate",
        "vnp_IpAddr",
        "vnp_OrderInfo",
    ],
    response: &[
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
    ],
};

const REFUND: Command = Command {
    name: "refund",
    request: &[
        "vnp_RequestId",
        "vnp_Version",
        "vnp_Command",
        "vnp_TmnCode",
        "vnp_TransactionType",
        "vnp_TxnRef",
        "vnp_Amount",
        "vnp_TransactionNo",
        "vnp_TransactionDate",
        "vnp_CreateBy",
        "vnp_CreateDate",
        "vnp_IpAddr",
        "vnp_OrderInfo",
    ],
    response: &[
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
    ],
};

pub(crate) async fn answer(body: web::Bytes, state: web::Data<State>) -> HttpResponse {
    let behaviour = state.behaviour();
    let request = LooseObject::parse(&body);
    let command = request.as_ref().map(|request| request.text("vnp_Command")).unwrap_or_default();
    // An unreadable request is answered as a query: it has no better name.
    let (command, how) = match command.as_str() {
        "refund" => (&REFUND, behaviour.refund_answer),
        _ => (&QUERY, behaviour.query_answer),
    };
    let outcome = request.ok_or(Code::BadFormat).and_then(|request| carry_out(&state, command, &request));
    misbehave(how, reply(&state, command, outcome)).await
}

fn carry_out(state: &State, command: &Command, request: &LooseObject) -> Result<Fields, Code> {
    let names = command.request.iter().chain(&["vnp_TransactionNo"]);
    let fields: Fields = names.map(|name| ((*name).to_owned(), request.text(name))).collect();
    if fields["vnp_TmnCode"] != state.config.vnpay_tmn_code {
        return Err(Code::UnknownMerchant);
    }
    let signed = signing::piped(&fields, command.request);
    let claimed = request.text(SECURE_HASH);
    if !signing::is_signed(&state.config.vnpay_hash_secret, &signed, &claimed) {
        return Err(Code::BadChecksum);
    }
    check_common(command, &fields)?;
    if command.name == REFUND.name {
        refund::check(&fields)?;
    }
    use_request_id(state, &fields["vnp_RequestId"], state.now())?;
    if command.name == REFUND.name { refund::carry_out(state, &fields) } else { query::carry_out(state, &fields) }
}

fn check_common(command: &Command, fields: &Fields) -> Result<(), Code> {
    let id = &fields["vnp_RequestId"];
    let fits = fields["vnp_Version"] == VERSION
        && fields["vnp_Command"] == command.name
        && (1..=32).contains(&id.len())
        && id.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && !fields["vnp_TxnRef"].is_empty()
        && !fields["vnp_OrderInfo"].is_empty()
        && !fields["vnp_IpAddr"].is_empty()
        && dates::from_wire(&fields["vnp_TransactionDate"]).is_some()
        && dates::from_wire(&fields["vnp_CreateDate"]).is_some();
    fits.then_some(()).ok_or(Code::BadFormat)
}

/// A request id may be used once a day.
fn use_request_id(state: &State, id: &str, now: DateTime<Utc>) -> Result<(), Code> {
    let today = dates::day(&dates::to_wire(now)).to_owned();
    let mut used = state.request_ids.open();
    if used.newest_first().any(|(day, known)| *day == today && known == id) {
        return Err(Code::Duplicate);
    }
    used.put((today, id.to_owned()));
    Ok(())
}

#[allow(clippy::disallowed_methods, reason = "the provider's own number, which nobody repeats")]
fn reply(state: &State, command: &Command, outcome: Result<Fields, Code>) -> Map<String, Value> {
    let (code, mut fields) = match outcome {
        Ok(fields) => (Code::Done, fields),
        Err(code) => (code, Fields::new()),
    };
    let (code, message) = code.on_wire();
    for (name, value) in [
        ("vnp_ResponseId", Uuid::new_v4().simple().to_string()),
        ("vnp_Command", command.name.to_owned()),
        ("vnp_ResponseCode", code.to_owned()),
        ("vnp_Message", message.to_owned()),
        ("vnp_TmnCode", state.config.vnpay_tmn_code.clone()),
    ] {
        fields.insert(name.to_owned(), value);
    }
    let signed = signing::piped(&fields, command.response);
    let hash = signing::sign(&state.config.vnpay_hash_secret, &signed);
    fields.insert(SECURE_HASH.to_owned(), hash);
    fields.into_iter().map(|(name, value)| (name, Value::String(value))).collect()
}

async fn misbehave(how: ApiAnswer, mut reply: Map<String, Value>) -> HttpResponse {
    match how {
        ApiAnswer::Normal => HttpResponse::Ok().json(reply),
        ApiAnswer::Timeout => silence::stay_silent().await,
        ApiAnswer::Http500 => HttpResponse::InternalServerError().body("Internal Server Error"),
        ApiAnswer::Html => HttpResponse::Ok()
            .content_type("text/html; charset=utf-8")
            .body("<html><body>He thong dang bao tri</body></html>"),
        ApiAnswer::Huge => {
            reply.insert("padding".to_owned(), "x".repeat(HUGE_ANSWER).into());
            HttpResponse::Ok().json(reply)
        }
    }
}
