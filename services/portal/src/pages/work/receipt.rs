//! A receipt at the counter: shown, and cancelled or replaced when it is wrong.

use actix_web::{HttpResponse, web};
use civic::{AgencyCode, OfficialRole};
use serde_json::{Value, json};
use uuid::Uuid;

use super::money::{ANSWERED, SeeMoney, own};
use crate::{failure::Failure, form::Form, official::Official, posted::Posted};

const PAGE: &str = "work/receipt.html";
const PAYER: [&str; 3] = ["payer_name", "payer_address", "payer_number"];

/// Shows it.
pub(super) async fn show(
    official: Official<SeeMoney>,
    path: web::Path<(String, Uuid)>,
) -> Result<HttpResponse, Failure> {
    let (agency, id) = path.into_inner();
    let code = own(&official, &agency)?;
    let receipt = official.api().get(&format!("/api/v1/receipts/{id}")).await?;
    let said = |name: &str| (name.to_owned(), receipt[name].as_str().unwrap_or_default().to_owned());
    let form = Form::with(PAYER.into_iter().map(said).collect());
    official.page(PAGE, content(&official, &code, &receipt, &form))
}

/// Cancels it, or has another one stand for it.
pub(super) async fn send(
    official: Official<SeeMoney>,
    path: web::Path<(String, Uuid)>,
    posted: Posted,
) -> Result<HttpResponse, Failure> {
    let (agency, id) = path.into_inner();
    let code = own(&official, &agency)?;
    let here = format!("/api/v1/receipts/{id}");
    let receipt = official.api().get(&here).await?;
    let given = |name| Some(posted.get(name)).filter(|text| !text.is_empty());
    let (operation, body) = match posted.get("then") {
        "cancel" => ("cancellation", json!({"reason": posted.get("reason")})),
        "replace" => (
            "replacement",
            json!({
                "reason": posted.get("reason"), "payer_name": posted.get("payer_name"),
                "payer_address": given("payer_address"), "payer_number": given("payer_number"),
            }),
        ),
        _ => return Err(Failure::Malformed),
    };
    match official.api().post(&format!("{here}/{operation}"), Some(posted.get("key")), &body).await {
        Ok(now) => Ok(official.go(&format!("/work/{code}/receipts/{}", now["id"].as_str().unwrap_or_default()))),
        Err(failure) => {
            let form = Form::of(&posted).refused(&failure.refused_with(&ANSWERED)?);
            official.page_again(PAGE, content(&official, &code, &receipt, &form))
        }
    }
}

fn content(official: &Official<SeeMoney>, code: &AgencyCode, receipt: &Value, form: &Form) -> Value {
    let is_cashier = official.caller().roles_at(&official.agency).contains(&OfficialRole::Cashier);
    let id = receipt["id"].as_str().unwrap_or_default();
    json!({
        "receipt": receipt, "here": format!("/work/{code}/receipts/{id}"), "before": format!("/work/{code}/shifts"),
        "document": format!("/receipts/{id}/document"), "key": official.new_key(), "form": form,
        "may_end": is_cashier && receipt["state"] == "ISSUED",
    })
}
