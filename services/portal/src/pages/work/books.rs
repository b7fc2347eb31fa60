//! The accountant's desk: statements and how far they are compared, differences, and days that were closed.

use actix_web::{HttpResponse, web};
use chrono::{Days, NaiveDate};
use civic::{AgencyCode, OfficialRole, VIETNAM};
use edge::Duty;
use reqwest::Method;
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{list::own, money::SeeMoney};
use crate::{
    failure::Failure,
    form::Form,
    official::Official,
    posted::Posted,
    query::Query,
    upload::{SentFile, Upload},
};

const DESK: &str = "work/books.html";
const DIFFERENCE: &str = "work/difference.html";
const DAY: &str = "work/books_day.html";
/// What the API refuses because of what was sent, and the form is shown again.
const ANSWERED: [u16; 5] = [400, 409, 413, 415, 422];
/// Days that are offered to be closed.
const OFFERED: u64 = 7;

/// To load statements and see to differences.
pub(super) struct KeepBooks;

impl Duty for KeepBooks {
    const ROLES: &'static [OfficialRole] = &[OfficialRole::Cashier, OfficialRole::AgencyAdministrator];
}

/// Which page of the differences.
#[derive(Deserialize)]
pub(super) struct DeskQuery {
    cursor: Option<String>,
}

/// Shows the desk.
pub(super) async fn desk(
    official: Official<SeeMoney>,
    agency: web::Path<String>,
    query: web::Query<DeskQuery>,
) -> Result<HttpResponse, Failure> {
    let code = own(&official, &agency)?;
    let content = desk_content(&official, &code, query.cursor.as_deref(), &Form::default()).await?;
    official.page(DESK, content)
}

/// Loads a statement.
pub(super) async fn load(
    official: Official<KeepBooks>,
    agency: web::Path<String>,
    upload: Upload,
) -> Result<HttpResponse, Failure> {
    let code = own(&official, &agency)?;
    let mut form = Form::of(&upload.fields);
    if upload.fields.get("source").is_empty() {
        form.fault("source", &official.say("field-required"));
    }
    match upload.file {
        None => form.fault("file", &official.say("document-choose")),
        Some(_) if form.has_faults() => {}
        Some(file) => match pass_on(&official, &code, &upload.fields, file).await {
            Ok(()) => return Ok(official.go(&format!("/work/{code}/books"))),
            Err(failure) => {
                let problem = failure.refused_with(&ANSWERED)?;
                let told = problem.errors.first().map_or(&problem.title, |error| &error.detail);
                form.fault("file", told);
            }
        },
    }
    let content = desk_content(&official, &code, None, &form).await?;
    official.page_again(DESK, content)
}

/// Shows a difference.
pub(super) async fn difference(
    official: Official<SeeMoney>,
    path: web::Path<(String, Uuid)>,
) -> Result<HttpResponse, Failure> {
    let (agency, id) = path.into_inner();
    let code = own(&official, &agency)?;
    let difference = official.api().get(&format!("/api/v1/differences/{id}")).await?;
    official.page(DIFFERENCE, one(&official, &code, &difference, &Form::default()))
}

/// Ends it, or takes it over, or decides about what another official wants booked.
pub(super) async fn end(
    official: Official<SeeMoney>,
    path: web::Path<(String, Uuid)>,
    posted: Posted,
) -> Result<HttpResponse, Failure> {
    let (agency, id) = path.into_inner();
    let code = own(&official, &agency)?;
    let here = format!("/api/v1/differences/{id}");
    let difference = official.api().get(&here).await?;
    let closing =
        |resolution| json!({"resolution": resolution, "reason": posted.get("reason"), "proof": posted.get("proof")});
    let (operation, body) = match posted.get("then") {
        "take" => ("owner", json!({})),
        "explain" => ("closing", closing("EXPLAINED")),
        "book" => ("closing", closing("BOOKED")),
        "approve" => ("approval", json!({})),
        "refuse" => ("refusal", json!({})),
        _ => return Err(Failure::Malformed),
    };
    match official.api().post(&format!("{here}/{operation}"), Some(posted.get("key")), &body).await {
        Ok(_) => Ok(official.go(&format!("/work/{code}/differences/{id}"))),
        Err(failure) => {
            let form = Form::of(&posted).refused(&failure.refused_with(&ANSWERED)?);
            let difference = official.api().get(&here).await.unwrap_or(difference);
            official.page_again(DIFFERENCE, one(&official, &code, &difference, &form))
        }
    }
}

/// Shows a day of the books.
pub(super) async fn day(
    official: Official<SeeMoney>,
    path: web::Path<(String, NaiveDate)>,
) -> Result<HttpResponse, Failure> {
    let (agency, day) = path.into_inner();
    let code = own(&official, &agency)?;
    let shown = official.api().get(&format!("/api/v1/agencies/{code}/days/{day}")).await?;
    official.page(DAY, day_content(&official, &code, day, &shown, &Form::default()))
}

/// Closes and signs it.
pub(super) async fn sign(
    official: Official<SeeMoney>,
    path: web::Path<(String, NaiveDate)>,
    posted: Posted,
) -> Result<HttpResponse, Failure> {
    let (agency, day) = path.into_inner();
    let code = own(&official, &agency)?;
    let address = format!("/api/v1/agencies/{code}/days/{day}");
    match official.api().post(&format!("{address}/signature"), Some(posted.get("key")), &json!({})).await {
        Ok(_) => Ok(official.go(&format!("/work/{code}/days/{day}"))),
        Err(failure) => {
            let form = Form::of(&posted).refused(&failure.refused_with(&ANSWERED)?);
            let shown = official.api().get(&address).await?;
            official.page_again(DAY, day_content(&official, &code, day, &shown, &form))
        }
    }
}

pub(super) fn today<D>(official: &Official<D>) -> NaiveDate {
    official.app.life.clock.now().with_timezone(&VIETNAM).date_naive()
}

async fn desk_content<D>(
    official: &Official<D>,
    code: &AgencyCode,
    cursor: Option<&str>,
    form: &Form,
) -> Result<Value, Failure> {
    let (api, home) = (official.api(), format!("/api/v1/agencies/{code}"));
    let differences = Query::default().with("page_size", Some("50")).with("cursor", cursor);
    let differences = differences.after(&format!("{home}/differences"));
    let (statements, days) = (format!("{home}/statements?page_size=10"), format!("{home}/days"));
    let (agency, statements, differences, days) =
        tokio::try_join!(official.published(&home), api.get(&statements), api.get(&differences), api.get(&days))?;
    let closed: Vec<_> = days["items"].as_array().into_iter().flatten().map(|day| day["day"].clone()).collect();
    let offered = (1..=OFFERED).filter_map(|ago| today(official).checked_sub_days(Days::new(ago)));
    let open: Vec<_> = offered.map(|day| json!(day)).filter(|day| !closed.contains(day)).collect();
    let next = differences["next"].as_str();
    let here = format!("/work/{code}/books");
    Ok(json!({
        "agency": *agency, "here": here, "work": format!("/work/{code}"), "form": form, "key": official.new_key(),
        "statements": statements["items"], "differences": differences["items"], "days": days["items"], "open_days": open,
        "next": next.map(|next| Query::default().with("cursor", Some(next)).after(&here)), "loads": is_one_of(official, KeepBooks::ROLES),
        "comparing": statements["items"].as_array().into_iter().flatten().any(|it| it["state"] == "COMPARING"),
    }))
}

async fn pass_on(
    official: &Official<KeepBooks>,
    code: &AgencyCode,
    fields: &Posted,
    file: SentFile,
) -> Result<(), Failure> {
    let said = |name| Some(fields.get(name)).filter(|value| !value.is_empty());
    let query = ["source", "account", "from", "until", "columns"].into_iter();
    let query = query.fold(Query::default(), |query, name| query.with(name, said(name)));
    let path = query.with("file_name", Some(&file.name)).after(&format!("/api/v1/agencies/{code}/statements"));
    let call = official.api().call(Method::POST, &path);
    call.send_file(fields.get("key"), "text/csv", file.bytes).await.map(drop)
}

fn is_one_of<D>(official: &Official<D>, roles: &[OfficialRole]) -> bool {
    official.caller().roles_at(&official.agency).iter().any(|role| roles.contains(role))
}

fn one(official: &Official<SeeMoney>, code: &AgencyCode, difference: &Value, form: &Form) -> Value {
    let is = |states: &[&str]| states.iter().any(|state| difference["state"] == *state);
    let keeps = is_one_of(official, KeepBooks::ROLES);
    let decides = keeps || is_one_of(official, &[OfficialRole::Approver]);
    json!({
        "difference": difference, "here": format!("/work/{code}/differences/{}", difference["id"].as_str().unwrap_or_default()),
        "before": format!("/work/{code}/books"), "key": official.new_key(), "form": form,
        "may_take": keeps && is(&["HEALING", "OPEN", "PROPOSED"]),
        "may_close": keeps && is(&["OPEN"]),
        "may_book": keeps && difference["bookable"] == true,
        "may_decide": decides && is(&["PROPOSED"]),
    })
}

fn day_content(official: &Official<SeeMoney>, code: &AgencyCode, day: NaiveDate, shown: &Value, form: &Form) -> Value {
    let signs = is_one_of(official, &[OfficialRole::Approver, OfficialRole::AgencyAdministrator]);
    let days = Query::default().with("from", Some(&day.to_string())).with("until", Some(&day.to_string()));
    json!({
        "shown": shown, "here": format!("/work/{code}/days/{day}"), "before": format!("/work/{code}/books"),
        "key": official.new_key(), "form": form, "may_sign": signs && shown["can_be_closed"] == true,
        "transfers_href": days.after(&format!("/work/{code}/transfers")),
    })
}
