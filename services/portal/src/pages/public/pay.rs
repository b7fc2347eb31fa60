//! Paying for somebody else: what is due by a link, the way to the provider, and nothing about whose it is.

use actix_web::{HttpResponse, web};
use serde_json::{Value, json};

use crate::{failure::Failure, pages::kinds::pay_ways, posted::Posted, visit::Visit};

const TEMPLATE: &str = "public/pay.html";

/// Shows what is due.
pub(super) async fn show(visit: Visit, secret: web::Path<String>) -> Result<HttpResponse, Failure> {
    match due(&visit, &secret).await? {
        None => visit.page_again(TEMPLATE, json!({"payment": null})),
        Some(payment) => {
            let (ways, form) = pay_ways(&visit, &payment);
            let (here, key) = (format!("/pay/{}", *secret), visit.new_key());
            visit.page(TEMPLATE, json!({"payment": payment, "ways": ways, "form": form, "here": here, "key": key}))
        }
    }
}

/// Begins to pay, and shows the way to the provider.
pub(super) async fn send(visit: Visit, secret: web::Path<String>, posted: Posted) -> Result<HttpResponse, Failure> {
    let wish = json!({"secret": *secret, "provider": posted.get("way"), "language": visit.language.as_str()});
    let begun = visit.api().post("/api/v1/pay-links/attempts", Some(posted.get("key")), &wish).await;
    let attempt = match begun {
        Ok(attempt) => attempt,
        // It was paid meanwhile, or the link is over: the page says so.
        Err(failure) => {
            failure.refused_with(&[400, 404, 409])?;
            return show(visit, secret).await;
        }
    };
    let total = due(&visit, &secret).await?.map_or(Value::Null, |payment| payment["left"].clone());
    visit.page("citizen/payment_begun.html", json!({"pay_url": attempt["pay_url"], "total": total}))
}

/// What is due, while the link may be used.
async fn due(visit: &Visit, secret: &str) -> Result<Option<Value>, Failure> {
    match visit.api().post("/api/v1/pay-links/reading", None, &json!({"secret": secret})).await {
        Ok(payment) => Ok(Some(payment)),
        Err(failure) => {
            failure.refused_with(&[400, 404])?;
            Ok(None)
        }
    }
}
