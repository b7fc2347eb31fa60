//! The page where the payer chooses, and her choice.

use actix_web::{
    HttpResponse,
    http::{StatusCode, header},
    web,
};
use serde::Deserialize;
use serde_json::json;

use super::{
    notify,
    payment::Choice,
    state::{Protocol, State},
};

pub(crate) async fn show<P: Protocol>(number: web::Path<u64>, state: web::Data<State<P>>) -> HttpResponse {
    let payments = state.payments.open();
    let Some(payment) = payments.newest_first().find(|payment| payment.number == *number) else {
        return HttpResponse::NotFound().finish();
    };
    let page = json!({
        "party": P::NAME, "number": payment.number, "amount": payment.amount, "info": payment.info,
        "reference": payment.reference, "chosen": payment.choice.is_some(),
    });
    state.pages.answer(StatusCode::OK, "wallet_pay.html", page)
}

#[derive(Deserialize)]
pub(crate) struct Chosen {
    choice: Choice,
}

/// Records the choice once; sending the form again leads to the same end and takes no money.
pub(crate) async fn pay<P: Protocol>(
    number: web::Path<u64>,
    form: web::Form<Chosen>,
    state: web::Data<State<P>>,
) -> HttpResponse {
    let chosen = {
        let now = state.now();
        let mut payments = state.payments.open();
        let found = payments.newest_first_mut().find(|payment| payment.number == *number);
        found.map(|payment| {
            let first = payment.choice.is_none();
            if first {
                payment.choice = Some(form.choice);
                payment.at = now;
            }
            (payment.clone(), first)
        })
    };
    let Some((payment, first)) = chosen else { return HttpResponse::NotFound().finish() };
    let back = P::return_query(&state, &payment);
    if payment.return_url.is_empty() {
        if first {
            notify::begin(&state, payment);
        }
        return HttpResponse::Ok().finish();
    }
    let location = match payment.return_url.contains('?') {
        true => format!("{}&{back}", payment.return_url),
        false => format!("{}?{back}", payment.return_url),
    };
    if first {
        notify::begin(&state, payment);
    }
    HttpResponse::Found().insert_header((header::LOCATION, location)).finish()
}
