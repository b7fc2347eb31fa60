//! Links by which somebody else pays: made, shown once, taken back.

use actix_web::{HttpResponse, web};
use reqwest::Method;
use serde_json::{Value, json};

use crate::{failure::Failure, pages::kinds::DossierRecord, posted::Posted, signed_in::Citizen};

/// Makes a link, and shows it. The same form gives the same link again.
pub(super) async fn make(citizen: Citizen, id: web::Path<String>, posted: Posted) -> Result<HttpResponse, Failure> {
    citizen.own_device()?;
    let record = DossierRecord::load(&citizen, &id).await?;
    let path = format!("{}/links", order(&record)?);
    match citizen.api().post(&path, Some(posted.get("key")), &json!({})).await {
        Ok(link) => {
            let content = json!({"link": link, "payment_href": record.address("/payment")});
            citizen.page("citizen/payment_link.html", content)
        }
        // It was paid meanwhile: the page of the payment says so.
        Err(failure) => {
            failure.refused_with(&[404, 409])?;
            Ok(citizen.go(&record.address("/payment")))
        }
    }
}

/// Takes a link back.
pub(super) async fn revoke(citizen: Citizen, path: web::Path<(String, String)>) -> Result<HttpResponse, Failure> {
    let (id, link) = path.into_inner();
    let record = DossierRecord::load(&citizen, &id).await?;
    let call = citizen.api().call(Method::DELETE, &format!("{}/links/{link}", order(&record)?));
    if let Err(failure) = call.send().await {
        failure.refused_with(&[400, 404])?;
    }
    Ok(citizen.go(&record.address("/payment")))
}

/// The links of an order that may still be used.
pub(super) async fn open(citizen: &Citizen, order: &Value) -> Result<Vec<Value>, Failure> {
    let Some(id) = order["id"].as_str() else { return Ok(Vec::new()) };
    let links = citizen.api().get(&format!("/api/v1/payment-orders/{id}/links")).await?;
    let now = citizen.now();
    let open = |link: &Value| {
        let until = link["expires_at"].as_str().and_then(|at| chrono::DateTime::parse_from_rfc3339(at).ok());
        link["revoked_at"].is_null() && until.is_some_and(|until| until > now)
    };
    Ok(links["items"].as_array().into_iter().flatten().filter(|link| open(link)).cloned().collect())
}

fn order(record: &DossierRecord) -> Result<String, Failure> {
    let id = record.dossier["fee"]["order_id"].as_str().ok_or(Failure::NotFound)?;
    Ok(format!("/api/v1/payment-orders/{id}"))
}
