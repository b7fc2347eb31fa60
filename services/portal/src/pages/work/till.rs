//! The till: a cashier opens her shift, finds what is due, takes it, and counts at the end. Everything goes by keyboard: a code, Enter, a
//! sum, Enter.

use actix_web::{HttpResponse, web};
use civic::{AgencyCode, OfficialRole};
use edge::Duty;
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::money::{ANSWERED, SeeMoney, dong, own};
use crate::{amount, failure::Failure, form::Form, official::Official, posted::Posted, query::Query};

/// To take money at a counter.
pub(super) struct Collect;

impl Duty for Collect {
    const ROLES: &'static [OfficialRole] = &[OfficialRole::Cashier];
}

/// What is looked for, and what was just taken.
#[derive(Deserialize)]
pub(super) struct TillQuery {
    q: Option<String>,
    taken: Option<Uuid>,
}

/// Shows the open shift with a search; who has none opens one first. What is the only thing due is taken at once.
pub(super) async fn show(
    official: Official<Collect>,
    agency: web::Path<String>,
    query: web::Query<TillQuery>,
) -> Result<HttpResponse, Failure> {
    let code = own(&official, &agency)?;
    let here = format!("/work/{code}/till");
    let Some(shift) = open_shift(&official, &code).await? else { return Ok(official.go(&format!("{here}/opening"))) };
    let q = query.q.as_deref().map(str::trim).filter(|q| !q.is_empty());
    let mut form = Form::with(vec![("q".into(), q.unwrap_or_default().into())]);
    let found = match q {
        None => None,
        Some(q) => match find(&official, &code, q).await {
            Ok(found) => Some(found),
            Err(failure) => {
                form = form.refused(&failure.refused_with(&[400])?);
                None
            }
        },
    };
    if let Some(address) = found.as_ref().and_then(|found| only_due(&here, found)) {
        return Ok(official.go(&address));
    }
    let mut takings = shift["takings"].as_array().into_iter().flatten();
    let taken = query.taken.map(|id| id.to_string());
    let taken = taken.and_then(|id| takings.find(|taking| taking["id"] == id.as_str()).cloned());
    official.page(
        "work/till.html",
        json!({
            "shift": shift, "here": here, "takings_href": format!("/work/{code}/takings"),
            "receipts_href": format!("/work/{code}/receipts"), "form": form, "taken": taken,
            "found": found, "shifts": format!("/work/{code}/shifts"), "money": format!("/work/{code}/money"),
        }),
    )
}

/// The address where the one order that is due is taken, if it is the only one found so.
fn only_due(here: &str, found: &Value) -> Option<String> {
    let mut due = found.as_array()?.iter().filter(|order| is_due(order));
    let (first, second) = (due.next()?, due.next());
    second.is_none().then(|| format!("{here}/{}/{}", text(&first["code"]), text(&first["id"])))
}

/// Whether something of an order is left to pay.
fn is_due(order: &Value) -> bool {
    order["left"]["amount"] != 0
}

/// Asks with what the shift begins.
pub(super) async fn ask_opening(
    official: Official<Collect>,
    agency: web::Path<String>,
) -> Result<HttpResponse, Failure> {
    let code = own(&official, &agency)?;
    let last = last_shift(&official, &code).await?;
    let counted = last["counted"]["amount"].as_i64().map(|amount| amount.to_string());
    let values = [("till", text(&last["till"]).to_owned()), ("opening", counted.unwrap_or_default())];
    let form = Form::with(values.map(|(name, value)| (name.to_owned(), value)).into());
    official.page("work/till_opening.html", opening(&official, &code, &last, &form))
}

/// Opens a shift.
pub(super) async fn open(
    official: Official<Collect>,
    agency: web::Path<String>,
    posted: Posted,
) -> Result<HttpResponse, Failure> {
    let code = own(&official, &agency)?;
    let last = last_shift(&official, &code).await?;
    let mut form = Form::of(&posted);
    let Some(amount) = read_amount(&official, &mut form, &posted, "opening") else {
        return official.page_again("work/till_opening.html", opening(&official, &code, &last, &form));
    };
    let body = json!({"till": posted.get("till"), "opening": dong(amount)});
    match official.api().post(&format!("/api/v1/agencies/{code}/shifts"), Some(posted.get("key")), &body).await {
        Ok(_) => Ok(official.go(&format!("/work/{code}/till"))),
        Err(failure) => {
            let form = form.refused(&failure.refused_with(&ANSWERED)?);
            official.page_again("work/till_opening.html", opening(&official, &code, &last, &form))
        }
    }
}

fn opening(official: &Official<Collect>, code: &AgencyCode, last: &Value, form: &Form) -> Value {
    let (here, before) = (format!("/work/{code}/till/opening"), format!("/work/{code}/money"));
    json!({"last": last, "here": here, "key": official.new_key(), "form": form, "before": before})
}

/// The last shift at the agency, by which the next begins: what was counted then should be in the drawer.
async fn last_shift(official: &Official<Collect>, code: &AgencyCode) -> Result<Value, Failure> {
    let shifts = official.api().get(&format!("/api/v1/agencies/{code}/shifts?page_size=1")).await?;
    Ok(shifts["items"][0].clone())
}

/// Asks what is in the drawer.
pub(super) async fn ask_closure(
    official: Official<Collect>,
    agency: web::Path<String>,
) -> Result<HttpResponse, Failure> {
    let code = own(&official, &agency)?;
    let shift = its_shift(&official, &code).await?;
    official.page("work/till_closure.html", closure(&official, &code, &shift, &Form::default()))
}

/// Closes the shift.
pub(super) async fn close(
    official: Official<Collect>,
    agency: web::Path<String>,
    posted: Posted,
) -> Result<HttpResponse, Failure> {
    let code = own(&official, &agency)?;
    let shift = its_shift(&official, &code).await?;
    let mut form = Form::of(&posted);
    let Some(counted) = read_amount(&official, &mut form, &posted, "counted") else {
        return official.page_again("work/till_closure.html", closure(&official, &code, &shift, &form));
    };
    let id = text(&shift["id"]);
    let reason = Some(posted.get("reason")).filter(|reason| !reason.is_empty());
    let body = json!({"counted": dong(counted), "reason": reason});
    match official.api().post(&format!("/api/v1/shifts/{id}/closure"), Some(posted.get("key")), &body).await {
        Ok(_) => Ok(official.go(&format!("/work/{code}/shifts/{id}"))),
        Err(failure) => {
            let form = form.refused(&failure.refused_with(&ANSWERED)?);
            official.page_again("work/till_closure.html", closure(&official, &code, &shift, &form))
        }
    }
}

fn closure(official: &Official<Collect>, code: &AgencyCode, shift: &Value, form: &Form) -> Value {
    let here = format!("/work/{code}/till/closure");
    json!({"shift": shift, "here": here, "key": official.new_key(), "form": form, "before": format!("/work/{code}/till")})
}

/// Shows what is due for an order, and asks what is handed over.
pub(super) async fn ask_taking(
    official: Official<Collect>,
    path: web::Path<(String, String, Uuid)>,
) -> Result<HttpResponse, Failure> {
    let (agency, dossier, order) = path.into_inner();
    let code = own(&official, &agency)?;
    let order = due(&official, &code, &dossier, order).await?;
    let form = Form::with(vec![("way".into(), "CASH".into())]);
    official.page("work/till_taking.html", taking(&official, &code, &order, &form))
}

/// Takes it.
pub(super) async fn take(
    official: Official<Collect>,
    path: web::Path<(String, String, Uuid)>,
    posted: Posted,
) -> Result<HttpResponse, Failure> {
    let (agency, dossier, order) = path.into_inner();
    let code = own(&official, &agency)?;
    let shift = its_shift(&official, &code).await?;
    let order = due(&official, &code, &dossier, order).await?;
    let mut form = Form::of(&posted);
    // What is due, to the đồng, unless a part of it is taken.
    let amount = match posted.get("amount") {
        "" => order["left"]["amount"].as_i64(),
        _ => read_amount(&official, &mut form, &posted, "amount"),
    };
    let received = match posted.get("received") {
        "" => amount,
        _ => read_amount(&official, &mut form, &posted, "received"),
    };
    let (Some(amount), Some(received)) = (amount, received) else {
        return official.page_again("work/till_taking.html", taking(&official, &code, &order, &form));
    };
    let given = |name| Some(posted.get(name)).filter(|text| !text.is_empty());
    let body = json!({
        "order_id": order["id"], "way": given("way").unwrap_or("CASH"), "amount": dong(amount), "received": dong(received), "slip": given("slip"),
        "payer_name": given("payer_name"), "payer_address": given("payer_address"), "payer_number": given("payer_number"),
    });
    let path = format!("/api/v1/shifts/{}/takings", text(&shift["id"]));
    match official.api().post(&path, Some(posted.get("key")), &body).await {
        Ok(taken) => {
            Ok(official.go(&Query::default().with("taken", taken["id"].as_str()).after(&format!("/work/{code}/till"))))
        }
        Err(failure) => {
            let form = form.refused(&failure.refused_with(&ANSWERED)?);
            official.page_again("work/till_taking.html", taking(&official, &code, &order, &form))
        }
    }
}

fn taking(official: &Official<Collect>, code: &AgencyCode, order: &Value, form: &Form) -> Value {
    let till = format!("/work/{code}/till");
    json!({
        "order": order, "here": format!("{till}/{}/{}", text(&order["code"]), text(&order["id"])), "before": till,
        "key": official.new_key(), "form": form,
    })
}

/// Shows what was taken, and how it is taken back.
pub(super) async fn ask_reversal(
    official: Official<Collect>,
    path: web::Path<(String, Uuid)>,
) -> Result<HttpResponse, Failure> {
    let (agency, id) = path.into_inner();
    let code = own(&official, &agency)?;
    let taken = taken(&official, &code, id).await?;
    official.page("work/till_reversal.html", reversal(&official, &code, &taken, &Form::default()))
}

/// Takes it back.
pub(super) async fn reverse(
    official: Official<Collect>,
    path: web::Path<(String, Uuid)>,
    posted: Posted,
) -> Result<HttpResponse, Failure> {
    let (agency, id) = path.into_inner();
    let code = own(&official, &agency)?;
    let taken = taken(&official, &code, id).await?;
    let body = json!({"reason": posted.get("reason")});
    match official.api().post(&format!("/api/v1/takings/{id}/reversal"), Some(posted.get("key")), &body).await {
        Ok(_) => Ok(official.go(&format!("/work/{code}/till"))),
        Err(failure) => {
            let form = Form::of(&posted).refused(&failure.refused_with(&ANSWERED)?);
            official.page_again("work/till_reversal.html", reversal(&official, &code, &taken, &form))
        }
    }
}

fn reversal(official: &Official<Collect>, code: &AgencyCode, taken: &Value, form: &Form) -> Value {
    json!({
        "taken": taken, "here": format!("/work/{code}/takings/{}", text(&taken["id"])), "before": format!("/work/{code}/till"),
        "key": official.new_key(), "form": form,
    })
}

/// Lists the shifts of the agency.
pub(super) async fn shifts(official: Official<SeeMoney>, agency: web::Path<String>) -> Result<HttpResponse, Failure> {
    let code = own(&official, &agency)?;
    let shifts = official.api().get(&format!("/api/v1/agencies/{code}/shifts?page_size=100")).await?;
    let (here, before) = (format!("/work/{code}/shifts"), format!("/work/{code}/money"));
    official.page("work/shifts.html", json!({"shifts": shifts["items"], "here": here, "before": before}))
}

/// Shows a shift with everything that was taken in it.
pub(super) async fn shift(
    official: Official<SeeMoney>,
    path: web::Path<(String, Uuid)>,
) -> Result<HttpResponse, Failure> {
    let (agency, id) = path.into_inner();
    let code = own(&official, &agency)?;
    let shift = official.api().get(&format!("/api/v1/shifts/{id}")).await?;
    official.page(
        "work/shift.html",
        json!({
            "shift": shift, "receipts_href": format!("/work/{code}/receipts"), "before": format!("/work/{code}/shifts"),
        }),
    )
}

/// The cashier's open shift with what was taken in it, if she has one.
async fn open_shift(official: &Official<Collect>, code: &AgencyCode) -> Result<Option<Value>, Failure> {
    let shifts = official.api().get(&format!("/api/v1/agencies/{code}/shifts?page_size=100")).await?;
    let me = official.caller().id.to_string();
    let mut shifts = shifts["items"].as_array().into_iter().flatten();
    let own = shifts.find(|shift| shift["closed_at"].is_null() && shift["cashier_id"] == me.as_str());
    match own {
        Some(shift) => Ok(Some(official.api().get(&format!("/api/v1/shifts/{}", text(&shift["id"]))).await?)),
        None => Ok(None),
    }
}

async fn its_shift(official: &Official<Collect>, code: &AgencyCode) -> Result<Value, Failure> {
    let shift = open_shift(official, code).await?;
    shift.ok_or_else(|| Failure::Elsewhere(format!("/work/{code}/till/opening")))
}

async fn find(official: &Official<Collect>, code: &AgencyCode, q: &str) -> Result<Value, Failure> {
    let path = Query::default().with("q", Some(q)).after(&format!("/api/v1/agencies/{code}/payment-orders"));
    Ok(official.api().get(&path).await?["items"].clone())
}

/// The order of a dossier; gone from here once it is not due any more.
pub(super) async fn due(
    official: &Official<Collect>,
    code: &AgencyCode,
    dossier: &str,
    order: Uuid,
) -> Result<Value, Failure> {
    let found = find(official, code, dossier).await?;
    let order = order.to_string();
    let mut orders = found.as_array().into_iter().flatten();
    let due = orders.find(|it| it["id"] == order.as_str() && is_due(it)).cloned();
    let till = Query::default().with("q", Some(dossier)).after(&format!("/work/{code}/till"));
    due.ok_or(Failure::Elsewhere(till))
}

/// What was taken in the open shift.
async fn taken(official: &Official<Collect>, code: &AgencyCode, id: Uuid) -> Result<Value, Failure> {
    let shift = its_shift(official, code).await?;
    let id = id.to_string();
    let mut takings = shift["takings"].as_array().into_iter().flatten();
    takings.find(|taking| taking["id"] == id.as_str()).cloned().ok_or(Failure::NotFound)
}

/// What was typed as an amount; a fault beside the field when it is none.
fn read_amount(official: &Official<Collect>, form: &mut Form, posted: &Posted, name: &str) -> Option<i64> {
    let amount = amount::dong(posted.get(name)).map(civic::Vnd::dong);
    if amount.is_none() {
        form.fault(name, &official.say("till-amount-wrong"));
    }
    amount
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}
