//! An agency's money that may have to go back, and what goes back: listed, asked for, decided.

use actix_web::{HttpResponse, web};
use civic::{AgencyCode, OfficialRole};
use edge::Duty;
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{amount, api::ApiResponse, failure::Failure, form::Form, official::Official, posted::Posted};

const LIST: &str = "work/money.html";
const NEW: &str = "work/refund_new.html";
const ONE: &str = "work/refund.html";
/// Refunds on the page, the newest.
const SHOWN: u32 = 50;
/// What the API refuses because of what was sent, and the form is shown again.
pub(super) const ANSWERED: [u16; 4] = [400, 409, 412, 422];

/// To look at an agency's money.
pub(super) struct SeeMoney;

impl Duty for SeeMoney {
    const ROLES: &'static [OfficialRole] =
        &[OfficialRole::Cashier, OfficialRole::Approver, OfficialRole::Auditor, OfficialRole::AgencyAdministrator];
}

/// Lists it.
pub(super) async fn list(official: Official<SeeMoney>, agency: web::Path<String>) -> Result<HttpResponse, Failure> {
    let code = own(&official, &agency)?;
    let (api, home) = (official.api(), format!("/api/v1/agencies/{code}"));
    let (owed, refunds) = (format!("{home}/owed-back"), format!("{home}/refunds?page_size={SHOWN}"));
    let waivers = format!("{home}/waivers?page_size={SHOWN}");
    let (agency, owed, refunds, waivers) =
        tokio::try_join!(official.published(&home), api.get(&owed), api.get(&refunds), api.get(&waivers))?;
    official.page(
        LIST,
        json!({
            "agency": *agency, "here": format!("/work/{code}/money"), "refunds_href": format!("/work/{code}/refunds"),
            "waivers": waivers["items"], "waivers_href": format!("/work/{code}/waivers"),
            "books_href": format!("/work/{code}/books"),
            "till": format!("/work/{code}/till"),
            "shifts": format!("/work/{code}/shifts"), "owed": owed["items"], "more": owed["more"], "refunds": refunds["items"], "asks": asks(&official),
        }),
    )
}

/// Asks what is to go back.
pub(super) async fn show(
    official: Official<SeeMoney>,
    path: web::Path<(String, Uuid)>,
) -> Result<HttpResponse, Failure> {
    let (agency, attempt) = path.into_inner();
    let code = own(&official, &agency)?;
    let owed = owed(&official, &code, attempt).await?;
    let amount = owed["refund_amount_available"]["amount"].to_string();
    let way = if by_hand_only(&owed) { "BY_HAND" } else { "PROVIDER" };
    let form = Form::with(vec![("amount".into(), amount), ("way".into(), way.into())]);
    official.page(NEW, new(&official, &code, &owed, &form))
}

/// Asks for it to go back.
pub(super) async fn send(
    official: Official<SeeMoney>,
    path: web::Path<(String, Uuid)>,
    posted: Posted,
) -> Result<HttpResponse, Failure> {
    let (agency, attempt) = path.into_inner();
    let code = own(&official, &agency)?;
    let owed = owed(&official, &code, attempt).await?;
    let mut form = Form::of(&posted);
    let amount = amount::dong(posted.get("amount")).map(civic::Vnd::dong).filter(|amount| *amount > 0);
    let seen = posted.get("seen").parse::<i64>();
    for name in ["way", "reason"].into_iter().filter(|name| posted.get(name).is_empty()) {
        form.fault(name, &official.say("field-required"));
    }
    let (Some(amount), Ok(seen), false) = (amount, seen, form.has_faults()) else {
        if amount.is_none() {
            form.fault("amount", &official.say("money-amount-wrong"));
        }
        return official.page_again(NEW, new(&official, &code, &owed, &form));
    };
    let body = json!({
        "attempt_id": attempt, "amount": dong(amount), "refund_amount_available": dong(seen), "cause": owed["cause"],
        "way": posted.get("way"), "reason": posted.get("reason"),
    });
    let asked = official.api().post(&format!("/api/v1/agencies/{code}/refunds"), Some(posted.get("key")), &body).await;
    match asked {
        Ok(refund) => Ok(official.go(&format!("/work/{code}/refunds/{}", refund["id"].as_str().unwrap_or_default()))),
        Err(failure) => {
            let form = form.refused(&failure.refused_with(&ANSWERED)?);
            official.page_again(NEW, new(&official, &code, &owed, &form))
        }
    }
}

/// Shows a refund, and what can be decided about it.
pub(super) async fn refund(
    official: Official<SeeMoney>,
    path: web::Path<(String, Uuid)>,
) -> Result<HttpResponse, Failure> {
    let (agency, id) = path.into_inner();
    let code = own(&official, &agency)?;
    let refund = read(&official, id).await?;
    official.page(ONE, one(&official, &code, &refund, &Form::default()))
}

/// Decides.
pub(super) async fn decide(
    official: Official<SeeMoney>,
    path: web::Path<(String, Uuid)>,
    posted: Posted,
) -> Result<HttpResponse, Failure> {
    let (agency, id) = path.into_inner();
    let code = own(&official, &agency)?;
    let refund = read(&official, id).await?;
    let (operation, body) = match posted.get("then") {
        "approve" => ("approval", json!({})),
        "turn_down" => ("refusal", json!({"reason": posted.get("reason")})),
        "prove" => ("proof", json!({"proof": posted.get("proof")})),
        _ => return Err(Failure::Malformed),
    };
    let call = official.api().call(Method::POST, &format!("/api/v1/refunds/{id}/{operation}"));
    let call = call.made_from(posted.version()).header("idempotency-key", posted.get("key"));
    match call.json(&body).send().await {
        Ok(_) => Ok(official.go(&format!("/work/{code}/refunds/{id}"))),
        Err(failure) => {
            let mut problem = failure.refused_with(&ANSWERED)?;
            if problem.status == 412 {
                problem.title = official.say("changed-while-written");
            }
            let form = Form::of(&posted).refused(&problem);
            let refund = read(&official, id).await.unwrap_or(refund);
            official.page_again(ONE, one(&official, &code, &refund, &form))
        }
    }
}

async fn read(official: &Official<SeeMoney>, id: Uuid) -> Result<ApiResponse, Failure> {
    official.api().call(Method::GET, &format!("/api/v1/refunds/{id}")).send().await
}

/// The agency of the post; another's money is not there.
pub(super) fn own<D>(official: &Official<D>, agency: &str) -> Result<AgencyCode, Failure> {
    let code: AgencyCode = agency.parse().map_err(|_| Failure::NotFound)?;
    if official.agency == code { Ok(code) } else { Err(Failure::NotFound) }
}

/// Whether she may ask for money to go back.
fn asks(official: &Official<SeeMoney>) -> bool {
    official.caller().roles_at(&official.agency).contains(&OfficialRole::Cashier)
}

/// The payment, as long as something of it can go back.
async fn owed(official: &Official<SeeMoney>, code: &AgencyCode, attempt: Uuid) -> Result<Value, Failure> {
    let list = official.api().get(&format!("/api/v1/agencies/{code}/owed-back")).await?;
    let mut items = list["items"].as_array().into_iter().flatten();
    let attempt = attempt.to_string();
    let found = items.find(|item| item["attempt_id"] == attempt.as_str()).cloned();
    found.ok_or_else(|| Failure::Elsewhere(format!("/work/{code}/money")))
}

pub(super) fn dong(amount: i64) -> Value {
    json!({"amount": amount, "currency": "VND"})
}

/// What a cashier took goes back by hand.
fn by_hand_only(owed: &Value) -> bool {
    ["CASH", "CARD_TERMINAL"].iter().any(|way| owed["provider"] == *way)
}

fn new(official: &Official<SeeMoney>, code: &AgencyCode, owed: &Value, form: &Form) -> Value {
    json!({
        "owed": owed, "here": format!("/work/{code}/money/{}", owed["attempt_id"].as_str().unwrap_or_default()),
        "before": format!("/work/{code}/money"), "key": official.new_key(),
        "seen": owed["refund_amount_available"]["amount"], "form": form, "by_hand_only": by_hand_only(owed),
    })
}

fn one(official: &Official<SeeMoney>, code: &AgencyCode, read: &ApiResponse, form: &Form) -> Value {
    let refund = &read.json;
    let is = |states: &[&str]| states.iter().any(|state| refund["state"] == *state);
    let roles = official.caller().roles_at(&official.agency);
    let decides = roles.iter().any(|role| *role != OfficialRole::Auditor);
    let by_hand = refund["way"] == "BY_HAND" && is(&["APPROVED"]);
    json!({
        "refund": refund, "here": format!("/work/{code}/refunds/{}", refund["id"].as_str().unwrap_or_default()),
        "before": format!("/work/{code}/money"), "key": official.new_key(), "version": read.etag, "form": form,
        "may_approve": decides && is(&["ASKED"]),
        "may_turn_down": decides && is(&["ASKED", "APPROVED", "UNKNOWN"]),
        "may_prove": asks(official) && (by_hand || is(&["UNKNOWN"])),
    })
}
