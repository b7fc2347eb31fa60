//! A page of a draft's form. What is typed is saved page by page, and again only by who saw what is saved now.

use actix_web::{HttpResponse, web};
use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    failure::Failure,
    form::Form,
    forms::FormPage,
    pages::kinds::{DossierRecord, Step},
    posted::Posted,
    signed_in::Citizen,
};

const TEMPLATE: &str = "citizen/answers.html";

/// Shows the page with what is saved.
pub(super) async fn show(citizen: Citizen, path: web::Path<(String, usize)>) -> Result<HttpResponse, Failure> {
    let draft = DossierRecord::draft(&citizen, &path.0).await?;
    let page = draft.form.page(path.1).ok_or(Failure::NotFound)?;
    let form = Form::with(page.values(&draft.dossier["answers"]));
    citizen.page(TEMPLATE, content(&draft, page, path.1, &form))
}

/// Saves the page, then goes on; what must be answered is asked for before that, unless the visitor leaves for now.
pub(super) async fn send(
    citizen: Citizen,
    path: web::Path<(String, usize)>,
    posted: Posted,
) -> Result<HttpResponse, Failure> {
    let draft = DossierRecord::draft(&citizen, &path.0).await?;
    let page = draft.form.page(path.1).ok_or(Failure::NotFound)?;
    let mut answers = draft.answers();
    page.read(&posted, &mut answers);
    let address = format!("/api/v1/dossiers/{}/answers", draft.id);
    let call = citizen.api().call(Method::PUT, &address).header("if-match", posted.get("version"));
    let saved = match call.json(&Value::Object(answers.clone())).send().await {
        Ok(saved) => saved,
        Err(failure) => {
            let mut problem = failure.refused_with(&[400, 412])?;
            // Saved elsewhere meanwhile: what was typed stays, and can be saved over what is there now.
            if problem.status == 412 {
                problem.title = citizen.say("form-changed");
            }
            let form = Form::of(&posted).refused(&problem);
            return citizen.page_again(TEMPLATE, content(&draft, page, path.1, &form));
        }
    };
    let missing = page.missing(&answers);
    if posted.get("then") == "leave" {
        return Ok(citizen.go(&draft.address("")));
    }
    if missing.is_empty() {
        return Ok(citizen.go(&Step::Form(path.1).next(&draft)));
    }
    let mut form = Form::of(&posted);
    for name in missing {
        form.fault(name, &citizen.say("field-required"));
    }
    let saved = DossierRecord { etag: saved.etag.unwrap_or_default(), ..draft };
    let page = saved.form.page(path.1).ok_or(Failure::NotFound)?;
    citizen.page_again(TEMPLATE, content(&saved, page, path.1, &form))
}

fn content(draft: &DossierRecord, page: &FormPage, number: usize, form: &Form) -> Value {
    json!({
        "procedure_name": draft.procedure["name"],
        "page": page,
        "number": number,
        "count": draft.form.pages().len(),
        "here": Step::Form(number).address(draft),
        "before": Step::Form(number).back(draft),
        "version": draft.etag,
        "form": form,
    })
}
