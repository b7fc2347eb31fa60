//! How an agency is reached, and its tax number, kept by who administers it.

use actix_web::{HttpResponse, web};
use edge::Administer;
use reqwest::Method;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{failure::Failure, form::Form, official::Official, posted::Posted};

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
    let mut form = Form::of(&posted);
    if problem.status == 412 {
        form.fault("address", &official.say("contact-moved-on"));
        let (_, version) = known(&official).await?;
        return official.page_again(TEMPLATE, content(&official, &form, &version, false));
    }
    official.page_again(TEMPLATE, content(&official, &form.refused(&problem), posted.get("version"), false))
}

/// The agency as the API tells it, and the version of its contact.
async fn known(official: &Official<Administer>) -> Result<(Value, String), Failure> {
    let answer = official.api().call(Method::GET, &format!("/api/v1/agencies/{}", official.agency)).send().await?;
    Ok((answer.json, answer.etag.unwrap_or_default()))
}

fn content(official: &Official<Administer>, form: &Form, version: &str, saved: bool) -> Value {
    json!({"agency": official.agency, "form": form, "version": version, "saved": saved})
}
