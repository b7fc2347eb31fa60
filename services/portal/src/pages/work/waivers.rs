//! What payers are freed from: asked for with reason and proof, shown, decided.

use actix_web::{HttpResponse, web};
use civic::{AgencyCode, OfficialRole};
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    money::{ANSWERED, SeeMoney, dong, own},
    till::{Collect, due},
};
use crate::{amount, api::ApiResponse, failure::Failure, form::Form, official::Official, posted::Posted};

const NEW: &str = "work/waiver_new.html";
const ONE: &str = "work/waiver.html";

/// Asks why, by which paper, and how much.
pub(super) async fn show(
    official: Official<Collect>,
    path: web::Path<(String, String, Uuid)>,
) -> Result<HttpResponse, Failure> {
    let (agency, dossier, order) = path.into_inner();
    let code = own(&official, &agency)?;
    let order = due(&official, &code, &dossier, order).await?;
    let form = Form::with(vec![("amount".into(), order["left"]["amount"].to_string())]);
    official.page(NEW, new(&official, &code, &order, &form))
}

/// Asks for it.
pub(super) async fn send(
    official: Official<Collect>,
    path: web::Path<(String, String, Uuid)>,
    posted: Posted,
) -> Result<HttpResponse, Failure> {
    let (agency, dossier, order) = path.into_inner();
    let code = own(&official, &agency)?;
    let order = due(&official, &code, &dossier, order).await?;
    let mut form = Form::of(&posted);
    let amount = amount::dong(posted.get("amount")).map(civic::Vnd::dong).filter(|amount| *amount > 0);
    for name in ["class", "legal_basis", "proof"].into_iter().filter(|name| posted.get(name).is_empty()) {
        form.fault(name, &official.say("field-required"));
    }
    if amount.is_none() {
        form.fault("amount", &official.say("money-amount-wrong"));
    }
    let (Some(amount), Ok(seen), false) = (amount, posted.get("seen").parse::<i64>(), form.has_faults()) else {
        return official.page_again(NEW, new(&official, &code, &order, &form));
    };
    let body = json!({
        "order_id": order["id"], "class": posted.get("class"), "legal_basis": posted.get("legal_basis"),
        "proof": posted.get("proof"), "amount": dong(amount), "left": dong(seen),
    });
    let asked = official.api().post(&format!("/api/v1/agencies/{code}/waivers"), Some(posted.get("key")), &body).await;
    match asked {
        Ok(waiver) => Ok(official.go(&format!("/work/{code}/waivers/{}", text(&waiver["id"])))),
        Err(failure) => {
            let form = form.refused(&failure.refused_with(&ANSWERED)?);
            official.page_again(NEW, new(&official, &code, &order, &form))
        }
    }
}

/// Shows a waiver, and what can be decided about it.
pub(super) async fn waiver(
    official: Official<SeeMoney>,
    path: web::Path<(String, Uuid)>,
) -> Result<HttpResponse, Failure> {
    let (agency, id) = path.into_inner();
    let code = own(&official, &agency)?;
    let waiver = read(&official, id).await?;
    official.page(ONE, one(&official, &code, &waiver, &Form::default()))
}

/// Decides.
pub(super) async fn decide(
    official: Official<SeeMoney>,
    path: web::Path<(String, Uuid)>,
    posted: Posted,
) -> Result<HttpResponse, Failure> {
    let (agency, id) = path.into_inner();
    let code = own(&official, &agency)?;
    let waiver = read(&official, id).await?;
    let (operation, body) = match posted.get("then") {
        "approve" => ("approval", json!({})),
        "turn_down" => ("refusal", json!({"reason": posted.get("reason")})),
        _ => return Err(Failure::Malformed),
    };
    let call = official.api().call(Method::POST, &format!("/api/v1/waivers/{id}/{operation}"));
    let call = call.made_from(posted.version()).header("idempotency-key", posted.get("key"));
    match call.json(&body).send().await {
        Ok(_) => Ok(official.go(&format!("/work/{code}/waivers/{id}"))),
        Err(failure) => {
            let mut problem = failure.refused_with(&ANSWERED)?;
            if problem.status == 412 {
                problem.title = official.say("changed-while-written");
            }
            let form = Form::of(&posted).refused(&problem);
            let waiver = read(&official, id).await.unwrap_or(waiver);
            official.page_again(ONE, one(&official, &code, &waiver, &form))
        }
    }
}

async fn read(official: &Official<SeeMoney>, id: Uuid) -> Result<ApiResponse, Failure> {
    official.api().call(Method::GET, &format!("/api/v1/waivers/{id}")).send().await
}

fn new(official: &Official<Collect>, code: &AgencyCode, order: &Value, form: &Form) -> Value {
    let till = format!("/work/{code}/till");
    json!({
        "order": order, "here": format!("{till}/{}/{}/waiver", text(&order["code"]), text(&order["id"])), "before": till,
        "key": official.new_key(), "seen": order["left"]["amount"], "form": form,
    })
}

fn one(official: &Official<SeeMoney>, code: &AgencyCode, read: &ApiResponse, form: &Form) -> Value {
    let waiver = &read.json;
    let roles = official.caller().roles_at(&official.agency);
    let decides = roles.iter().any(|role| *role != OfficialRole::Auditor);
    json!({
        "waiver": waiver, "here": format!("/work/{code}/waivers/{}", text(&waiver["id"])),
        "before": format!("/work/{code}/money"), "key": official.new_key(), "version": read.etag, "form": form,
        "decides": decides && waiver["state"] == "ASKED",
    })
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}
