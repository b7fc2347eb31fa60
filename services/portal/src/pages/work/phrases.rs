//! What an agency writes often: its administrators add and remove it.

use actix_web::{HttpResponse, web};
use civic::AgencyCode;
use edge::Administer;
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use super::list;
use crate::{failure::Failure, form::Form, official::Official, pages::kinds::PHRASED, posted::Posted};

const TEMPLATE: &str = "work/phrases.html";

/// Shows them, with the form for one more.
pub(super) async fn show(official: Official<Administer>, agency: web::Path<String>) -> Result<HttpResponse, Failure> {
    let agency = list::own(&official, &agency)?;
    official.page(TEMPLATE, content(&official, &agency, &Form::default()).await?)
}

/// Adds one.
pub(super) async fn add(
    official: Official<Administer>,
    agency: web::Path<String>,
    posted: Posted,
) -> Result<HttpResponse, Failure> {
    let agency = list::own(&official, &agency)?;
    let mut form = Form::of(&posted);
    for field in ["action", "text"].into_iter().filter(|field| posted.get(field).is_empty()) {
        form.fault(field, &official.say("field-required"));
    }
    if form.has_faults() {
        return official.page_again(TEMPLATE, content(&official, &agency, &form).await?);
    }
    let phrase = json!({"action": posted.get("action"), "text": posted.get("text").replace("\r\n", "\n")});
    let path = format!("/api/v1/agencies/{agency}/phrases");
    match official.api().post(&path, Some(posted.get("key")), &phrase).await {
        Ok(_) => Ok(official.go(&format!("/work/{agency}/phrases"))),
        Err(failure) => {
            let form = form.refused(&failure.refused_with(&[400, 409])?);
            official.page_again(TEMPLATE, content(&official, &agency, &form).await?)
        }
    }
}

/// Removes one. One that is gone already is gone.
pub(super) async fn remove(
    official: Official<Administer>,
    path: web::Path<(String, Uuid)>,
    _: Posted,
) -> Result<HttpResponse, Failure> {
    let (agency, id) = path.into_inner();
    let agency = list::own(&official, &agency)?;
    let gone = official.api().call(Method::DELETE, &format!("/api/v1/agencies/{agency}/phrases/{id}")).send().await;
    if let Err(failure) = gone {
        failure.refused_with(&[404])?;
    }
    Ok(official.go(&format!("/work/{agency}/phrases")))
}

async fn content(official: &Official<Administer>, agency: &AgencyCode, form: &Form) -> Result<Value, Failure> {
    let phrases = official.api().get(&format!("/api/v1/agencies/{agency}/phrases")).await?;
    let here = format!("/work/{agency}/phrases");
    Ok(json!({
        "list": format!("/work/{agency}"),
        "here": here,
        "actions": PHRASED.map(|action| (action, official.say(&format!("action-{action}")))),
        "phrases": phrases["items"],
        "key": official.new_key(),
        "form": form,
    }))
}
