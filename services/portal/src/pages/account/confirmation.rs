//! Confirming an account by the code that came by e-mail.

use actix_web::{HttpResponse, web};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{failure::Failure, form::Form, posted::Posted, visit::Visit};

const TEMPLATE: &str = "account/confirmation.html";

/// Shows the form.
pub(super) async fn show(visit: Visit, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    let id = read(&id)?;
    visit.page(TEMPLATE, content(&visit, id, &Form::default()))
}

/// Sends the code.
pub(super) async fn send(visit: Visit, id: web::Path<String>, posted: Posted) -> Result<HttpResponse, Failure> {
    let id = read(&id)?;
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

fn read(id: &str) -> Result<Uuid, Failure> {
    id.parse().map_err(|_| Failure::NotFound)
}

fn content(visit: &Visit, id: Uuid, form: &Form) -> Value {
    json!({"form": form, "key": visit.new_key(), "id": id})
}
