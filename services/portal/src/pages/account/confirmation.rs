//! Confirming an account by the code that came by e-mail.

use actix_web::{HttpResponse, web};
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{failure::Failure, form::Form, posted::Posted, visit::Visit};

const TEMPLATE: &str = "account/confirmation.html";

/// What is said above the form.
#[derive(Deserialize)]
pub(super) struct Said {
    /// Present when another code was asked for.
    again: Option<String>,
}

/// Shows the form.
pub(super) async fn show(visit: Visit, id: web::Path<String>, said: web::Query<Said>) -> Result<HttpResponse, Failure> {
    let id = read(&id)?;
    let mut content = content(&visit, id, &Form::default());
    content["again"] = said.again.is_some().into();
    visit.page(TEMPLATE, content)
}

/// Sends the code, or has another one sent.
pub(super) async fn send(visit: Visit, id: web::Path<String>, posted: Posted) -> Result<HttpResponse, Failure> {
    let id = read(&id)?;
    if posted.get("then") == "again" {
        return repeat(&visit, id, &posted).await;
    }
    let code = json!({"code": posted.get("code")});
    let path = format!("/api/v1/registrations/{id}/confirmation");
    match visit.api().post(&path, Some(posted.get("key")), &code).await {
        Ok(_) => Ok(visit.go("/sign-in?registered=1")),
        Err(failure) => {
            let problem = failure.refused_with(&[400, 422])?;
            let mut form = Form::of(&posted).refused(&problem);
            if problem.errors.is_empty() {
                form = Form::of(&posted);
                form.fault("code", &problem.title);
            }
            visit.page_again(TEMPLATE, content(&visit, id, &form))
        }
    }
}

/// What was typed before is waited for under another id from here on.
async fn repeat(visit: &Visit, id: Uuid, posted: &Posted) -> Result<HttpResponse, Failure> {
    let key = format!("{}-again", posted.get("key"));
    match visit.api().post(&format!("/api/v1/registrations/{id}/repetition"), Some(&key), &json!({})).await {
        Ok(pending) => {
            let id = pending["registration_id"].as_str().ok_or(Failure::Unavailable)?;
            Ok(visit.go(&format!("/registration/{id}?again=1")))
        }
        Err(failure) => {
            let problem = failure.refused_with(&[404, 422, 429])?;
            let mut form = Form::of(posted);
            form.fault("code", &problem.title);
            visit.page_again(TEMPLATE, content(visit, id, &form))
        }
    }
}

fn read(id: &str) -> Result<Uuid, Failure> {
    id.parse().map_err(|_| Failure::NotFound)
}

fn content(visit: &Visit, id: Uuid, form: &Form) -> Value {
    json!({"form": form, "key": visit.new_key(), "id": id})
}
