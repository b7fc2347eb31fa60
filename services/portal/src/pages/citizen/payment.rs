//! Paying a dossier's fee: what is due, on to the provider, and what became of it.

use actix_web::{HttpResponse, http::header, web};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{payment_links, payments_together::COOKIE};
use crate::{
    cookies,
    failure::Failure,
    pages::kinds::{DossierRecord, pay_ways},
    posted::Posted,
    signed_in::Citizen,
    visit::Visit,
};

const TEMPLATE: &str = "citizen/payment.html";
/// The way that is taken where there is no other.
const USUAL: &str = "VNPAY";
/// The API's name of what is done here.
const PAY: &str = "PAY";
/// A payment's return is expected within an hour, in seconds.
const HOUR: u32 = 3600;

/// Whether the visitor comes back from the provider.
#[derive(Deserialize)]
pub(super) struct PaymentQuery {
    back: Option<String>,
}

/// Shows what is due, or what became of the payment.
pub(super) async fn show(
    citizen: Citizen,
    id: web::Path<String>,
    query: web::Query<PaymentQuery>,
) -> Result<HttpResponse, Failure> {
    let record = DossierRecord::load(&citizen, &id).await?;
    let Some(order_id) = record.dossier["fee"]["order_id"].as_str() else {
        return Err(Failure::Elsewhere(record.address("")));
    };
    let order = match citizen.api().get(&format!("/api/v1/payment-orders/{order_id}")).await {
        Ok(order) => order,
        // The order is opened a moment after the filing.
        Err(failure) => {
            failure.refused_with(&[404])?;
            Value::Null
        }
    };
    if order["status"] != "PAID" && order["status"] != "WAIVED" && !record.allows(PAY) {
        // The dossier is over: nothing is to be paid any more.
        return Err(Failure::Elsewhere(record.address("")));
    }
    let state = state(&order, query.back.is_some(), &citizen.now().to_rfc3339());
    let (ways, form) = pay_ways(&citizen, &order);
    let links =
        if matches!(state, "due" | "failed") { payment_links::open(&citizen, &order).await? } else { Vec::new() };
    citizen.page(
        TEMPLATE,
        json!({
            "links": links,
            "dossier": record.shown(),
            "dossier_href": record.address(""),
            "here": record.address("/payment"),
            "ways": ways,
            "form": form,
            "order": order,
            "state": state,
            "key": citizen.new_key(),
        }),
    )
}

/// `opening`, `paid`, `waived`, `expired`, `waiting` (the provider has not told us yet), `failed`, or `due`.
fn state(order: &Value, back: bool, now: &str) -> &'static str {
    let attempts = order["attempts"].as_array();
    let last = attempts.and_then(|attempts| attempts.last()).and_then(|attempt| attempt["status"].as_str());
    let over = order["due_at"].as_str().is_some_and(|due| later(now, due));
    match (order["status"].as_str(), last) {
        (None, _) => "opening",
        (Some("PAID"), _) => "paid",
        (Some("WAIVED"), _) => "waived",
        (_, Some("UNKNOWN")) => "waiting",
        (_, Some("CREATED")) if back => "waiting",
        _ if over => "expired",
        (_, Some("FAILED" | "EXPIRED")) => "failed",
        _ => "due",
    }
}

fn later(now: &str, due: &str) -> bool {
    let read = |text: &str| chrono::DateTime::parse_from_rfc3339(text).ok();
    read(now).zip(read(due)).is_some_and(|(now, due)| now >= due)
}

/// Begins to pay, and shows the way to the provider. Not a redirect: browsers count one as a form sent to another site, which
/// our pages forbid. The same form gives the same way again.
pub(super) async fn send(citizen: Citizen, id: web::Path<String>, posted: Posted) -> Result<HttpResponse, Failure> {
    citizen.own_device()?;
    let record = DossierRecord::load(&citizen, &id).await?;
    if !record.allows(PAY) {
        return Err(Failure::Elsewhere(record.address("")));
    }
    let order_id = record.dossier["fee"]["order_id"].as_str().ok_or(Failure::NotFound)?;
    let way = Some(posted.get("way")).filter(|way| !way.is_empty()).unwrap_or(USUAL);
    let wish = json!({"provider": way, "language": citizen.language.as_str()});
    let path = format!("/api/v1/payment-orders/{order_id}/attempts");
    let attempt = citizen.api().post(&path, Some(posted.get("key")), &wish).await?;
    let order = citizen.api().get(&format!("/api/v1/payment-orders/{order_id}")).await?;
    let content = json!({"pay_url": attempt["pay_url"], "total": order["left"]});
    let mut answer = citizen.page("citizen/payment_begun.html", content)?;
    let paying = cookies::set(cookies::PAYING, &record.id.simple().to_string(), Some(HOUR));
    answer.headers_mut().append(header::SET_COOKIE, paying);
    Ok(answer)
}

/// Where the provider sends the browser back to. What it says is not read: only its message to the API settles a payment.
pub(super) async fn come_back(visit: Visit, request: actix_web::HttpRequest) -> Result<HttpResponse, Failure> {
    let paying = cookies::read(request.headers(), cookies::PAYING).and_then(|id| id.parse::<uuid::Uuid>().ok());
    let together = cookies::read(request.headers(), cookies::PAYING).and_then(|it| it.strip_prefix(COOKIE));
    if let Some(id) = together.and_then(|id| id.parse::<uuid::Uuid>().ok()) {
        return Ok(visit.go(&format!("/payments/together/{id}?back=1")));
    }
    match paying {
        Some(id) => Ok(visit.go(&format!("/dossiers/{id}/payment?back=1"))),
        None => visit.page("citizen/payment_return.html", json!({})),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_state_of_an_order_has_its_page() {
        let now = "2026-07-21T03:00:00Z";
        let order = |status: &str, due: &str, attempts: &[&str]| {
            let attempts: Vec<_> = attempts.iter().map(|status| json!({"status": status})).collect();
            json!({"status": status, "due_at": due, "attempts": attempts})
        };
        let (open, past) = ("2026-07-22T03:00:00Z", "2026-07-21T10:00:00+07:00");
        for (order, back, expected) in [
            (Value::Null, false, "opening"),
            (order("DUE", open, &[]), false, "due"),
            (order("DUE", open, &["CREATED"]), false, "due"),
            (order("DUE", open, &["CREATED"]), true, "waiting"),
            (order("DUE", open, &["FAILED", "UNKNOWN"]), false, "waiting"),
            (order("DUE", open, &["CREATED", "FAILED"]), true, "failed"),
            (order("DUE", open, &["EXPIRED"]), true, "failed"),
            (order("DUE", past, &["EXPIRED"]), false, "expired"),
            (order("PAID", past, &["SETTLED"]), true, "paid"),
            (order("WAIVED", past, &["EXPIRED"]), true, "waived"),
            (order("PART_PAID", open, &["SETTLED"]), true, "due"),
        ] {
            assert_eq!(state(&order, back, now), expected, "{order} {back}");
        }
    }
}
