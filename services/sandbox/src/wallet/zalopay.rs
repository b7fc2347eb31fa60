//! ZaloPay v2 as the wallet speaks it: create, callback, query, refund.

use actix_web::{HttpResponse, web};
use serde_json::{Value, json};

use super::{
    behaviour::WalletBehaviour,
    payment::{Choice, Payment, Refund},
    state::{Protocol, State},
};
use crate::{loose_json::LooseObject, seal};

/// The wallet.
pub(crate) struct Zalopay;

pub(super) fn routes(app: &mut web::ServiceConfig) {
    super::shared::<Zalopay>(app);
    app.route("/zalopay/v2/create", web::post().to(create))
        .route("/zalopay/v2/query", web::post().to(query))
        .route("/zalopay/v2/refund", web::post().to(refund))
        .route("/zalopay/v2/query_refund", web::post().to(query_refund));
}

impl Protocol for Zalopay {
    const NAME: &'static str = "zalopay";

    /// ZaloPay calls back only for money.
    fn notice(state: &State<Self>, payment: &Payment, behaviour: &WalletBehaviour) -> Option<Value> {
        if !payment.is_paid() {
            return None;
        }
        let other = behaviour.notice_merchant.as_ref().and_then(|other| other.parse().ok());
        let data = json!({
            "app_id": other.unwrap_or(state.config.zalopay_app_id), "app_trans_id": payment.reference,
            "app_time": payment.asked["app_time"], "app_user": payment.text("app_user"),
            "amount": payment.amount + behaviour.notice_amount_delta, "embed_data": payment.text("embed_data"),
            "item": payment.text("item"), "zp_trans_id": payment.number, "server_time": payment.at.timestamp_millis(),
            "channel": 38, "merchant_user_id": "", "user_fee_amount": 0, "discount_amount": 0,
        })
        .to_string();
        let secret = if behaviour.notice_forge { "NOBODYSHARESTHISSECRET" } else { &state.config.zalopay_key2 };
        Some(json!({"mac": seal::hmac_sha256(secret, &data), "data": data, "type": 1}))
    }

    fn is_confirmed(status: u16, body: &str) -> bool {
        let code = LooseObject::parse(body.as_bytes()).map(|answer| answer.text("return_code"));
        status == 200 && matches!(code.as_deref(), Some("1" | "2"))
    }

    fn return_query(state: &State<Self>, payment: &Payment) -> String {
        let (app, status) = (state.config.zalopay_app_id, if payment.is_paid() { 1 } else { -49 });
        let sum = seal::hmac_sha256(
            &state.config.zalopay_key2,
            &format!("{app}|{}|38||{}|0|{status}", payment.reference, payment.amount),
        );
        let (reference, amount) = (&payment.reference, payment.amount);
        format!(
            "appid={app}&apptransid={reference}&pmcid=38&bankcode=&amount={amount}&discountamount=0&status={status}&checksum={sum}"
        )
    }
}

/// Reads a request, and checks application and mac.
fn read(state: &State<Zalopay>, body: &[u8], signed: impl Fn(&LooseObject) -> String) -> Result<LooseObject, Value> {
    let asked = LooseObject::parse(body).ok_or_else(|| refused(-401))?;
    let mac = seal::hmac_sha256(&state.config.zalopay_key1, &signed(&asked));
    if asked.text("app_id") != state.config.zalopay_app_id.to_string() || !seal::is_same(&mac, &asked.text("mac")) {
        return Err(refused(-402));
    }
    Ok(asked)
}

fn refused(code: i64) -> Value {
    json!({"return_code": 2, "return_message": "refused", "sub_return_code": code, "sub_return_message": ""})
}

fn bars(asked: &LooseObject, names: &[&str]) -> String {
    names.iter().map(|name| asked.text(name)).collect::<Vec<_>>().join("|")
}

async fn create(body: web::Bytes, state: web::Data<State<Zalopay>>) -> HttpResponse {
    let names = ["app_id", "app_trans_id", "app_user", "amount", "app_time", "embed_data", "item"];
    let answer = match read(&state, &body, |asked| bars(asked, &names)) {
        Err(refusal) => refusal,
        Ok(asked) => open(&state, &asked, &body),
    };
    state.answer(answer).await
}

fn open(state: &State<Zalopay>, asked: &LooseObject, body: &[u8]) -> Value {
    let (reference, amount) = (asked.text("app_trans_id"), asked.text("amount").parse::<i64>().unwrap_or(0));
    let today = state.now().with_timezone(&crate::vnpay::dates::hanoi()).format("%y%m%d_").to_string();
    if !reference.starts_with(&today) || reference.len() > 40 {
        return refused(-92);
    }
    if amount < 1_000 {
        return refused(-53);
    }
    let embedded: Value = serde_json::from_str(&asked.text("embed_data")).unwrap_or_default();
    let mut payments = state.payments.open();
    if payments.newest_first().any(|payment| payment.reference == reference) {
        return refused(-68);
    }
    let number = payments.take_number();
    payments.put(Payment {
        number,
        reference,
        amount,
        info: asked.text("description"),
        return_url: embedded["redirecturl"].as_str().unwrap_or_default().to_owned(),
        notice_url: asked.text("callback_url"),
        asked: serde_json::from_slice(body).unwrap_or_default(),
        choice: None,
        at: state.now(),
        refunds: Vec::new(),
        answers: Vec::new(),
    });
    json!({
        "return_code": 1, "return_message": "success", "sub_return_code": 1, "sub_return_message": "",
        "order_url": state.page(number), "zp_trans_token": number.to_string(),
    })
}

async fn query(body: web::Bytes, state: web::Data<State<Zalopay>>) -> HttpResponse {
    let key = state.config.zalopay_key1.clone();
    let signed = |asked: &LooseObject| format!("{}|{key}", bars(asked, &["app_id", "app_trans_id"]));
    let answer = match read(&state, &body, signed) {
        Err(refusal) => refusal,
        Ok(asked) => match state.find(&asked.text("app_trans_id")) {
            None => refused(-101),
            Some(payment) => told(&payment),
        },
    };
    state.answer(answer).await
}

fn told(payment: &Payment) -> Value {
    let (code, number) = match payment.choice {
        Some(Choice::Pay) => (1, payment.number),
        Some(Choice::Cancel) => (2, 0),
        None => (3, 0),
    };
    json!({
        "return_code": code, "return_message": "", "sub_return_code": if code == 2 { -49 } else { code },
        "is_processing": false, "amount": payment.amount, "zp_trans_id": number,
        "server_time": payment.at.timestamp_millis(), "discount_amount": 0,
    })
}

async fn refund(body: web::Bytes, state: web::Data<State<Zalopay>>) -> HttpResponse {
    let names = ["app_id", "zp_trans_id", "amount", "description", "timestamp"];
    let answer = match read(&state, &body, |asked| bars(asked, &names)) {
        Err(refusal) => refusal,
        Ok(asked) => give_back(&state, &asked),
    };
    state.answer(answer).await
}

fn give_back(state: &State<Zalopay>, asked: &LooseObject) -> Value {
    let (id, amount) = (asked.text("m_refund_id"), asked.text("amount").parse::<i64>().unwrap_or(0));
    let mut payments = state.payments.open();
    if payments.newest_first().any(|payment| payment.refunds.iter().any(|refund| refund.id == id)) {
        return refused(-23);
    }
    let number = payments.take_number();
    let paid = payments.newest_first_mut().find(|payment| payment.number.to_string() == asked.text("zp_trans_id"));
    match paid {
        Some(payment) if amount > 0 && amount <= payment.left() => {
            payment.refunds.push(Refund { number, id, amount });
            refund_told(state, number)
        }
        Some(_) => refused(-14),
        None => refused(-2),
    }
}

async fn query_refund(body: web::Bytes, state: web::Data<State<Zalopay>>) -> HttpResponse {
    let answer = match read(&state, &body, |asked| bars(asked, &["app_id", "m_refund_id", "timestamp"])) {
        Err(refusal) => refusal,
        Ok(asked) => {
            let id = asked.text("m_refund_id");
            let payments = state.payments.open();
            let found = payments.newest_first().flat_map(|payment| &payment.refunds).find(|refund| refund.id == id);
            found.map_or_else(|| refused(-101), |refund| refund_told(&state, refund.number))
        }
    };
    state.answer(answer).await
}

fn refund_told(state: &State<Zalopay>, number: u64) -> Value {
    let code = if state.behaviour().refund_pending { 3 } else { 1 };
    json!({"return_code": code, "return_message": "", "sub_return_code": code, "refund_id": number})
}
