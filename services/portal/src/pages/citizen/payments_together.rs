//! Paying several fees in one go: which, the sum, on to the provider, and what became of it.

use actix_web::{HttpResponse, http::header, web};
use futures_util::{StreamExt, TryStreamExt, stream};
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::payments;
use crate::{cookies, failure::Failure, form::Form, pages::kinds::Bulk, posted::Posted, signed_in::Citizen};

const TEMPLATE: &str = "citizen/payments_together.html";
/// The provider that takes several fees in one go.
const WAY: &str = "VNPAY";
/// Orders that are read at a time.
const AT_ONCE: usize = 4;
/// A payment's return is expected within an hour, in seconds.
const HOUR: u32 = 3600;
/// What the cookie of a payment under way begins with, where it is one of several fees.
pub(super) const COOKIE: &str = "together_";

/// Whether the visitor comes back from the provider.
#[derive(Deserialize)]
pub(super) struct StateQuery {
    back: Option<String>,
}

/// Shows what was ticked in the list, and the sum; the list again when that is not at least two.
pub(super) async fn show(citizen: Citizen, request: actix_web::HttpRequest) -> Result<HttpResponse, Failure> {
    let ticked = Posted::parse(request.query_string().as_bytes());
    chosen(&citizen, &ticked, Form::of(&ticked)).await
}

/// Begins to pay what is ticked, and shows the way to the provider; never over another sum than was seen.
pub(super) async fn send(citizen: Citizen, posted: Posted) -> Result<HttpResponse, Failure> {
    citizen.own_device()?;
    let (ticked, form) = (Bulk::ticked(&posted), Form::of(&posted));
    if ticked.len() < 2 || sum(&orders(&citizen, &ticked).await?).to_string() != posted.get("seen") {
        return chosen(&citizen, &posted, form).await;
    }
    let wish = json!({"orders": ticked, "provider": WAY, "language": citizen.language.as_str()});
    let begun = match citizen.api().post("/api/v1/joint-payments", Some(posted.get("key")), &wish).await {
        Ok(begun) => begun,
        Err(failure) => {
            let problem = failure.refused_with(&[409])?;
            return chosen(&citizen, &posted, refused(form, &ticked, &problem)).await;
        }
    };
    let content = json!({"pay_url": begun["pay_url"], "total": begun["total"]});
    let mut answer = citizen.page("citizen/payment_begun.html", content)?;
    let id = begun["joint_payment_id"].as_str().unwrap_or_default().replace('-', "");
    let paying = cookies::set(cookies::PAYING, &format!("{COOKIE}{id}"), Some(HOUR));
    answer.headers_mut().append(header::SET_COOKIE, paying);
    Ok(answer)
}

/// Shows how far a payment of several fees has come.
pub(super) async fn state(
    citizen: Citizen,
    id: web::Path<Uuid>,
    query: web::Query<StateQuery>,
) -> Result<HttpResponse, Failure> {
    let joint = citizen.api().get(&format!("/api/v1/joint-payments/{id}")).await?;
    let state = match joint["status"].as_str() {
        Some("PAID") => "paid",
        Some("FAILED" | "EXPIRED") => "failed",
        _ if query.back.is_some() => "waiting",
        _ => "open",
    };
    citizen.page("citizen/joint_payment.html", json!({"joint": joint, "state": state}))
}

/// The page of what is ticked: the sum of what can be paid, and a sentence beside what cannot.
async fn chosen(citizen: &Citizen, posted: &Posted, mut form: Form) -> Result<HttpResponse, Failure> {
    let ticked = Bulk::ticked(posted);
    if ticked.len() < 2 {
        if posted.fields().next().is_some() {
            let first = ticked.first().map(Uuid::to_string);
            form.fault(first.as_deref().unwrap_or("payments"), &citizen.say("payments-together-few"));
        }
        let cursor = Some(posted.get("cursor")).filter(|cursor| !cursor.is_empty());
        return payments::list(citizen, cursor, &form).await;
    }
    let orders = orders(citizen, &ticked).await?;
    let amount = sum(&orders);
    for settled in orders.iter().filter(|order| order["left"]["amount"] == 0) {
        form.fault(settled["id"].as_str().unwrap_or_default(), &citizen.say("payments-together-settled"));
    }
    let content = json!({
        "orders": orders, "total": {"amount": amount, "currency": "VND"}, "seen": amount.to_string(),
        "key": citizen.new_key(), "form": form,
    });
    if form.has_faults() { citizen.page_again(TEMPLATE, content) } else { citizen.page(TEMPLATE, content) }
}

/// The orders that are ticked and the payer's; what is somebody else's is not there.
async fn orders(citizen: &Citizen, ticked: &[Uuid]) -> Result<Vec<Value>, Failure> {
    let api = citizen.api();
    let found = stream::iter(ticked).map(async |id| match api.get(&format!("/api/v1/payment-orders/{id}")).await {
        Ok(order) => Ok(Some(order)),
        Err(failure) => failure.refused_with(&[404]).map(|_| None),
    });
    let found: Vec<Option<Value>> = found.buffered(AT_ONCE).try_collect().await?;
    Ok(found.into_iter().flatten().collect())
}

fn sum(orders: &[Value]) -> i64 {
    orders.iter().filter_map(|order| order["left"]["amount"].as_i64()).sum()
}

/// What the API says of each order, beside its box; what is said of the whole stands at the top.
fn refused(mut form: Form, ticked: &[Uuid], problem: &crate::failure::Problem) -> Form {
    let of = |pointer: &str| pointer.strip_prefix("/orders/").and_then(|place| place.parse::<usize>().ok());
    for error in &problem.errors {
        if let Some(id) = of(&error.pointer).and_then(|place| ticked.get(place)) {
            form.fault(&id.to_string(), &error.detail);
        }
    }
    if form.has_faults() { form } else { form.refused(problem) }
}
