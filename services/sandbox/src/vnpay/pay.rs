//! The payment page, and what happens when its form is sent by a person or by a machine.

use actix_web::{
    HttpRequest, HttpResponse,
    http::{StatusCode, header},
    web,
};
use serde::Deserialize;
use serde_json::json;
use url::{Url, form_urlencoded};

use super::{
    notice::Notice,
    order::{Order, Refusal},
    payment::{self, Choice, Payment},
    signing::{self, Fields},
    state::State,
};

/// The form's field that says which button was pressed.
const CHOICE: &str = "choice";

pub(crate) async fn show(request: HttpRequest, state: web::Data<State>) -> HttpResponse {
    let pairs = form_urlencoded::parse(request.query_string().as_bytes());
    let fields = match signing::fields_of(pairs) {
        Ok(fields) => fields,
        Err(_) => return refuse(&state, &Fields::new(), Refusal::format("")),
    };
    let order = match Order::read(&fields, &state.config, state.now()) {
        Ok(order) => order,
        Err(refusal) => return refuse(&state, &fields, refusal),
    };
    if payment::of_the_day(&state.payments.open(), &order.txn_ref, &order.create_date).is_some() {
        return refuse(&state, &fields, Refusal::ALREADY_PROCESSED);
    }
    let page = json!({
        "english": is_english(&fields),
        "merchant": order.tmn_code,
        "amount": dong(order.amount),
        "order_info": order.order_info,
        "txn_ref": order.txn_ref,
        "fields": fields,
    });
    state.pages.answer(StatusCode::OK, "vnpay_pay.html", page)
}

pub(crate) async fn pay(form: web::Form<Vec<(String, String)>>, state: web::Data<State>) -> HttpResponse {
    let pairs = form.into_inner();
    let choice = pairs.iter().find(|(name, _)| name == CHOICE).and_then(|(_, value)| read_choice(value));
    let Ok(fields) = signing::fields_of(pairs) else {
        return refuse(&state, &Fields::new(), Refusal::format(""));
    };
    let order = Order::read(&fields, &state.config, state.now());
    let paid = order.and_then(|order| {
        let choice = choice.ok_or(Refusal::format(CHOICE))?;
        Ok((record(&state, &order, choice)?, order))
    });
    match paid {
        Ok((payment, order)) => {
            let location = return_address(&state, order.return_url, &payment);
            HttpResponse::Found().insert_header((header::LOCATION, location.as_str())).finish()
        }
        Err(refusal) => refuse(&state, &fields, refusal),
    }
}

fn read_choice(text: &str) -> Option<Choice> {
    let text = serde::de::value::StrDeserializer::<serde::de::value::Error>::new(text);
    Choice::deserialize(text).ok()
}

/// Records the outcome once: sending the form again leads to the same result and takes no money.
fn record(state: &State, order: &Order, choice: Choice) -> Result<Payment, Refusal> {
    let mut payments = state.payments.open();
    if let Some(known) = payment::of_the_day(&payments, &order.txn_ref, &order.create_date) {
        let same = known.answers(order).then(|| known.clone());
        return same.ok_or(Refusal::ALREADY_PROCESSED);
    }
    let payment = Payment::of(order, choice, payments.take_number(), state.now());
    payments.put(payment.clone());
    let notice = Notice { payment: payment.clone(), behaviour: state.behaviour() };
    if state.notices.send(notice).is_err() {
        tracing::warn!("the sandbox is stopping: a payment was recorded but not notified");
    }
    Ok(payment)
}

fn return_address(state: &State, mut address: Url, payment: &Payment) -> Url {
    let result = signing::signed_query(&state.config.vnpay_hash_secret, &payment.result());
    let query = match address.query() {
        Some(own) if !own.is_empty() => format!("{own}&{result}"),
        _ => result,
    };
    address.set_query(Some(&query));
    address
}

fn refuse(state: &State, fields: &Fields, refusal: Refusal) -> HttpResponse {
    let page = json!({ "english": is_english(fields), "refusal": refusal });
    state.pages.answer(StatusCode::BAD_REQUEST, "vnpay_error.html", page)
}

fn is_english(fields: &Fields) -> bool {
    fields.get("vnp_Locale").is_some_and(|locale| locale == "en")
}

/// Hundredths of a dong as people write dong: `75.000`.
fn dong(amount: i64) -> String {
    let digits = (amount / 100).to_string();
    let groups: Vec<&str> = digits.as_bytes().rchunks(3).rev().filter_map(|group| str::from_utf8(group).ok()).collect();
    groups.join(".")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_shown_in_dong_with_dots() {
        let shown = [100, 99_900, 7_500_000, 123_456_700].map(dong);
        assert_eq!(shown, ["1", "999", "75.000", "1.234.567"]);
    }
}
