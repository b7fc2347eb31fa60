//! MoMo AIO v2 as the wallet speaks it: create, notification, query, refund.

use actix_web::{HttpResponse, web};
use serde_json::{Value, json};
use url::form_urlencoded;

use super::{
    behaviour::WalletBehaviour,
    payment::{Choice, Payment, Refund},
    state::{Protocol, State},
};
use crate::{loose_json::LooseObject, seal};

/// The wallet.
pub(crate) struct Momo;

const DONE: i64 = 0;
const WAITING: i64 = 1000;
const CANCELLED: i64 = 1006;
const PENDING: i64 = 7000;

pub(super) fn routes(app: &mut web::ServiceConfig) {
    super::shared::<Momo>(app);
    app.route("/momo/v2/gateway/api/create", web::post().to(create))
        .route("/momo/v2/gateway/api/query", web::post().to(query))
        .route("/momo/v2/gateway/api/refund", web::post().to(refund))
        .route("/momo/v2/gateway/api/refund/query", web::post().to(refund_query));
}

impl Protocol for Momo {
    const NAME: &'static str = "momo";

    fn notice(state: &State<Self>, payment: &Payment, behaviour: &WalletBehaviour) -> Option<Value> {
        let mut told = told(state, payment, payment.amount + behaviour.notice_amount_delta);
        if let Some(other) = &behaviour.notice_merchant {
            told["partnerCode"] = json!(other);
        }
        let names = [
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
        let secret = if behaviour.notice_forge { "NOBODYSHARESTHISSECRET" } else { &state.config.momo_secret_key };
        told["signature"] = json!(seal::hmac_sha256(secret, &line(state, &names, &told)));
        Some(told)
    }

    fn is_confirmed(status: u16, _: &str) -> bool {
        status == 204
    }

    fn return_query(state: &State<Self>, payment: &Payment) -> String {
        let told = Self::notice(state, payment, &WalletBehaviour::default()).unwrap_or_default();
        let pairs = told.as_object().into_iter().flatten().map(|(name, value)| (name, plain(value)));
        form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
    }
}

fn told(state: &State<Momo>, payment: &Payment, amount: i64) -> Value {
    let (code, message) = match payment.choice {
        Some(Choice::Pay) => (DONE, "Successful."),
        Some(Choice::Cancel) => (CANCELLED, "Transaction denied by user."),
        None => (WAITING, "Transaction is initiated, waiting for user confirmation."),
    };
    json!({
        "partnerCode": state.config.momo_partner_code, "orderId": payment.reference,
        "requestId": payment.text("requestId"), "amount": amount, "orderInfo": payment.info,
        "orderType": "momo_wallet", "transId": if payment.is_paid() { payment.number } else { 0 }, "resultCode": code,
        "message": message, "payType": "qr", "responseTime": payment.at.timestamp_millis(), "extraData": "",
    })
}

/// `accessKey=…&name=value…`, as it is and not encoded.
fn line(state: &State<Momo>, names: &[&str], fields: &Value) -> String {
    let pairs = names.iter().map(|name| format!("&{name}={}", plain(&fields[name])));
    format!("accessKey={}{}", state.config.momo_access_key, pairs.collect::<String>())
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// Reads a request, and checks partner and signature; MoMo's code when one of them is wrong.
fn read(state: &State<Momo>, body: &[u8], names: &[&str]) -> Result<Value, i64> {
    let asked: Value = serde_json::from_slice(body).map_err(|_| 20)?;
    let loose = LooseObject::parse(body).ok_or(20)?;
    if loose.text("partnerCode") != state.config.momo_partner_code {
        return Err(13);
    }
    let signature = seal::hmac_sha256(&state.config.momo_secret_key, &line(state, names, &asked));
    if seal::is_same(&signature, &loose.text("signature")) { Ok(asked) } else { Err(11) }
}

fn refused(code: i64) -> Value {
    json!({"resultCode": code, "message": "refused", "responseTime": 0})
}

async fn create(body: web::Bytes, state: web::Data<State<Momo>>) -> HttpResponse {
    let names = [
        "amount",
        "extraData",
        "ipnUrl",
        "orderId",
        "orderInfo",
        "partnerCode",
        "redirectUrl",
        "requestId",
        "requestType",
    ];
    let answer = match read(&state, &body, &names) {
        Err(code) => refused(code),
        Ok(asked) => open(&state, asked),
    };
    state.answer(answer).await
}

fn open(state: &State<Momo>, asked: Value) -> Value {
    let text = |name: &str| plain(&asked[name]);
    let amount = asked["amount"].as_i64().unwrap_or(0);
    if !(1_000..=50_000_000).contains(&amount) {
        return refused(22);
    }
    let mut payments = state.payments.open();
    let known = payments.newest_first().find(|payment| payment.reference == text("orderId")).cloned();
    let number = match known {
        Some(known) if known.text("requestId") == text("requestId") && known.amount == amount => known.number,
        Some(_) => return refused(41),
        None => {
            let number = payments.take_number();
            payments.put(Payment {
                number,
                reference: text("orderId"),
                amount,
                info: text("orderInfo"),
                return_url: text("redirectUrl"),
                notice_url: text("ipnUrl"),
                asked: asked.clone(),
                choice: None,
                at: state.now(),
                refunds: Vec::new(),
                answers: Vec::new(),
            });
            number
        }
    };
    json!({
        "partnerCode": state.config.momo_partner_code, "orderId": text("orderId"), "requestId": text("requestId"),
        "amount": amount, "responseTime": state.now().timestamp_millis(), "message": "Successful.", "resultCode": 0,
        "payUrl": state.page(number),
    })
}

async fn query(body: web::Bytes, state: web::Data<State<Momo>>) -> HttpResponse {
    let answer = match read(&state, &body, &["orderId", "partnerCode", "requestId"]) {
        Err(code) => refused(code),
        Ok(asked) => match state.find(&plain(&asked["orderId"])) {
            None => refused(42),
            Some(payment) => told(&state, &payment, payment.amount),
        },
    };
    state.answer(answer).await
}

async fn refund(body: web::Bytes, state: web::Data<State<Momo>>) -> HttpResponse {
    let names = ["amount", "description", "orderId", "partnerCode", "requestId", "transId"];
    let answer = match read(&state, &body, &names) {
        Err(code) => refused(code),
        Ok(asked) => give_back(&state, &asked),
    };
    state.answer(answer).await
}

fn give_back(state: &State<Momo>, asked: &Value) -> Value {
    let (id, amount) = (plain(&asked["orderId"]), asked["amount"].as_i64().unwrap_or(0));
    let mut payments = state.payments.open();
    if payments.newest_first().any(|payment| payment.refunds.iter().any(|refund| refund.id == id)) {
        return refused(41);
    }
    let number = payments.take_number();
    let paid = payments.newest_first_mut().find(|payment| payment.number.to_string() == plain(&asked["transId"]));
    match paid {
        None => refused(42),
        Some(payment) if amount < 1 || amount > payment.left() => refused(1080),
        Some(payment) => {
            payment.refunds.push(Refund { number, id: id.clone(), amount });
            refund_told(state, &id, amount, number)
        }
    }
}

async fn refund_query(body: web::Bytes, state: web::Data<State<Momo>>) -> HttpResponse {
    let answer = match read(&state, &body, &["orderId", "partnerCode", "requestId"]) {
        Err(code) => refused(code),
        Ok(asked) => {
            let id = plain(&asked["orderId"]);
            let payments = state.payments.open();
            let found = payments.newest_first().flat_map(|payment| &payment.refunds).find(|refund| refund.id == id);
            found.map_or_else(|| refused(42), |refund| refund_told(&state, &id, refund.amount, refund.number))
        }
    };
    state.answer(answer).await
}

fn refund_told(state: &State<Momo>, id: &str, amount: i64, number: u64) -> Value {
    let code = if state.behaviour().refund_pending { PENDING } else { DONE };
    json!({
        "partnerCode": state.config.momo_partner_code, "orderId": id, "requestId": id, "amount": amount,
        "transId": number, "resultCode": code, "message": "", "responseTime": state.now().timestamp_millis(),
    })
}
