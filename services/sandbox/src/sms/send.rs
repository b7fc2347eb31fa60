//! `SendMultipleMessage_V4_post_json`: HTTP says 200 whatever happens, `CodeResult` says what did.

use std::time::Duration;

use actix_web::{HttpResponse, http::StatusCode, web};
use serde_json::json;

use super::{message::Sms, state::State};
use crate::{loose_json::LooseObject, silence};

const CUSTOMER_CARE: &str = "2";

/// Why a message is not taken: the aggregator's code and words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Refusal(&'static str, &'static str);

const MALFORMED: Refusal = Refusal("99", "Du lieu gui len khong hop le");
const WRONG_KEYS: Refusal = Refusal("101", "Sai thong tin ApiKey hoac SecretKey");
const NO_BRANDNAME: Refusal = Refusal("104", "Brandname khong ton tai");
const DUPLICATE: Refusal = Refusal("124", "Trung RequestId khi gui tin");
const NO_TYPE: Refusal = Refusal("300", "Thieu loai tin nhan");

pub(crate) async fn send(body: web::Bytes, state: web::Data<State>) -> HttpResponse {
    let behaviour = state.behaviour();
    tokio::time::sleep(Duration::from_millis(behaviour.delay_ms)).await;
    let status = behaviour.http_status.map(StatusCode::from_u16);
    if let Some(Ok(status)) = status {
        return HttpResponse::build(status).finish();
    }
    if let Some(code) = &behaviour.code_result {
        return refuse(code, "Told to refuse");
    }
    let taken = LooseObject::parse(&body).ok_or(MALFORMED).and_then(|request| take(&state, &request));
    if behaviour.silent {
        return silence::stay_silent().await;
    }
    match taken {
        Ok(id) => {
            HttpResponse::Ok().json(json!({ "CodeResult": "100", "CountRegenerate": 0, "SMSID": id.to_string() }))
        }
        Err(Refusal(code, message)) => refuse(code, message),
    }
}

fn refuse(code: &str, message: &str) -> HttpResponse {
    HttpResponse::Ok().json(json!({ "CodeResult": code, "CountRegenerate": 0, "ErrorMessage": message }))
}

/// The number under which the message was taken.
fn take(state: &State, request: &LooseObject) -> Result<u64, Refusal> {
    let keys = (request.text("ApiKey"), request.text("SecretKey"));
    if keys.0 != state.config.sms_api_key || keys.1 != state.config.sms_secret_key {
        return Err(WRONG_KEYS);
    }
    check(request)?;
    let request_id = request.text("RequestId");
    let mut shelf = state.sms.open();
    let known = shelf.newest_first_mut().find(|sms| !request_id.is_empty() && sms.request_id == request_id);
    if let Some(known) = known {
        known.requests += 1;
        return Err(DUPLICATE);
    }
    let id = shelf.take_number();
    let is_rehearsal = request.text("Sandbox") == "1";
    if !is_rehearsal {
        shelf.put(Sms {
            id,
            received_at: state.now(),
            phone: request.text("Phone"),
            content: request.text("Content"),
            brandname: request.text("Brandname"),
            sms_type: request.text("SmsType"),
            request_id,
            requests: 1,
        });
    }
    Ok(id)
}

fn check(request: &LooseObject) -> Result<(), Refusal> {
    let phone = request.text("Phone");
    let digits = phone.strip_prefix('+').unwrap_or(&phone);
    let is_phone = (9..=15).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    let kind = request.text("SmsType");
    if !is_phone || request.text("Content").is_empty() {
        Err(MALFORMED)
    } else if kind.is_empty() {
        Err(NO_TYPE)
    } else if kind == CUSTOMER_CARE && request.text("Brandname").is_empty() {
        Err(NO_BRANDNAME)
    } else {
        Ok(())
    }
}
