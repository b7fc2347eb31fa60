//! How an agency is reached, and its tax number, kept by who administers it.

use actix_web::{HttpResponse, web};
use edge::Administer;
use reqwest::Method;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{failure::Failure, form::Form, official::Official, pages::kinds::same_text, posted::Posted};

const TEMPLATE: &str = "work/contact.html";
/// What the API refuses because of what was typed, or because somebody else was faster.
const ANSWERED: [u16; 2] = [400, 412];
const FIELDS: [&str; 4] = ["address", "phone", "email", "tax_number"];

/// What of it is shown.
#[derive(Deserialize)]
pub(super) struct ContactQuery {
    /// That it was just saved; any value says so.
    saved: Option<String>,
}

/// Shows it.
pub(super) async fn show(
    official: Official<Administer>,
    query: web::Query<ContactQuery>,
) -> Result<HttpResponse, Failure> {
    let (agency, version) = known(&official).await?;
    let value = |name: &str| (name.to_owned(), agency["contact"][name].as_str().unwrap_or_default().to_owned());
    let form = Form::with(FIELDS.map(value).into());
    official.page(TEMPLATE, content(&official, &form, &version, query.saved.is_some()))
}

/// Saves it.
pub(super) async fn send(official: Official<Administer>, posted: Posted) -> Result<HttpResponse, Failure> {
    let typed = FIELDS.into_iter().map(|name| (name, posted.get(name))).filter(|(_, value)| !value.is_empty());
    let contact: Value =
        typed.map(|(name, value)| (name.to_owned(), json!(value))).collect::<serde_json::Map<_, _>>().into();
    let address = format!("/api/v1/agencies/{}/contact", official.agency);
    let call = official.api().call(Method::PUT, &address).made_from(Some(posted.get("version"))).json(&contact);
    let failure = match call.send().await {
        Ok(_) => return Ok(official.go("/work/contact?saved=1")),
        Err(failure) => failure,
    };
    let problem = failure.refused_with(&ANSWERED)?;
    let form = Form::of(&posted);
    if problem.status == 412 {
        return moved_on(&official, &posted, form).await;
    }
    official.page_again(TEMPLATE, content(&official, &form.refused(&problem), posted.get("version"), false))
}

/// Somebody was faster: what stands now is said beside each field that says something else. A second click finds what the first one saved.
async fn moved_on(official: &Official<Administer>, posted: &Posted, mut form: Form) -> Result<HttpResponse, Failure> {
    let (agency, version) = known(official).await?;
    let stands = |name: &str| agency["contact"][name].as_str().unwrap_or_default();
    let others: Vec<_> = FIELDS.into_iter().filter(|name| !same_text(stands(name), posted.get(name))).collect();
    if others.is_empty() {
        return Ok(official.go("/work/contact?saved=1"));
    }
    form.fault_of_all(&official.say("contact-moved-on"));
    for name in others {
        let now = Some(stands(name)).filter(|now| !now.is_empty());
        let now = now.map_or_else(
            || official.say("contact-now-nothing"),
            |now| format!("{} {now}", official.say("contact-now")),
        );
        form.fault(name, &now);
    }
    official.page_again(TEMPLATE, content(official, &form, &version, false))
}

/// The agency as the API tells it, and the version of its contact.
async fn known(official: &Official<Administer>) -> Result<(Value, String), Failure> {
    let answer = official.api().call(Method::GET, &format!("/api/v1/agencies/{}", official.agency)).send().await?;
    Ok((answer.json, answer.etag.unwrap_or_default()))
}

fn content(official: &Official<Administer>, form: &Form, version: &str, saved: bool) -> Value {
    json!({"agency": official.agency, "form": form, "version": version, "saved": saved})
}
