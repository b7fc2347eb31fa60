//! A page of a draft's form. What is typed is saved page by page, and again only by who saw what is saved now.

use actix_web::{HttpResponse, web};
use reqwest::Method;
use serde_json::{Value, json};

use super::opened::Opened;
use crate::{failure::Failure, form::Form, forms::FormPage, posted::Posted, signed_in::Citizen};

const TEMPLATE: &str = "answers.html";

/// Shows the page with what is saved.
pub(crate) async fn show(citizen: Citizen, path: web::Path<(String, usize)>) -> Result<HttpResponse, Failure> {
    let opened = Opened::load(&citizen, &path.0).await?;
    if !opened.is_draft() {
        return Ok(opened.go(&citizen));
    }
    let page = opened.form.page(path.1).ok_or(Failure::NotFound)?;
    let form = Form::with(page.values(&opened.dossier["answers"]));
    citizen.page(TEMPLATE, content(&opened, page, path.1, &form))
}

/// Saves the page, then goes on; what must be answered is asked for before that, unless the visitor leaves for now.
pub(crate) async fn send(
    citizen: Citizen,
    path: web::Path<(String, usize)>,
    posted: Posted,
) -> Result<HttpResponse, Failure> {
    let opened = Opened::load(&citizen, &path.0).await?;
    if !opened.is_draft() {
        return Ok(opened.go(&citizen));
    }
    let page = opened.form.page(path.1).ok_or(Failure::NotFound)?;
    let mut answers = opened.answers();
    page.read(&posted, &mut answers);
    let address = format!("/api/v1/dossiers/{}/answers", opened.id);
    let call = citizen.api().call(Method::PUT, &address).header("if-match", posted.get("version"));
    match call.json(&Value::Object(answers.clone())).send().await {
        Ok(saved) => {
            let missing = page.missing(&answers);
            if posted.get("then") == "leave" {
                return Ok(opened.go(&citizen));
            }
            if missing.is_empty() {
                return Ok(citizen.go(&after(&opened, path.1)));
            }
            let mut form = Form::of(&posted);
            for name in missing {
                form.fault(name, &citizen.say("field-required"));
            }
            let saved = Opened { etag: saved.etag.unwrap_or_default(), ..opened };
            let page = saved.form.page(path.1).ok_or(Failure::NotFound)?;
            citizen.page_again(TEMPLATE, content(&saved, page, path.1, &form))
        }
        Err(failure) => {
            let mut problem = failure.refused_with(&[400, 412])?;
            // Saved elsewhere meanwhile: what was typed stays, and can be saved over what is there now.
            if problem.status == 412 {
                problem.title = citizen.say("form-changed");
            }
            let form = Form::of(&posted).refused(&problem);
            citizen.page_again(TEMPLATE, content(&opened, page, path.1, &form))
        }
    }
}

fn after(opened: &Opened, number: usize) -> String {
    match opened.form.page(number + 1) {
        Some(_) => opened.address(&format!("/form/{}", number + 1)),
        None if opened.asks_papers() => opened.address("/documents"),
        None => opened.address("/check"),
    }
}

fn content(opened: &Opened, page: &FormPage, number: usize, form: &Form) -> Value {
    let before = if number > 1 { opened.address(&format!("/form/{}", number - 1)) } else { opened.address("") };
    json!({
        "procedure_name": opened.procedure["name"],
        "page": page,
        "number": number,
        "count": opened.form.pages().len(),
        "here": opened.address(&format!("/form/{number}")),
        "before": before,
        "version": opened.etag,
        "form": form,
    })
}
