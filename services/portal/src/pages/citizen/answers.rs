//! A page of a draft's form. What is typed is saved page by page, and again only by who saw what is saved now.

use actix_web::{HttpResponse, web};
use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    failure::{Failure, Problem},
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
            let form = refused(&citizen, &draft, page, &posted, problem);
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

/// The form with what the API found wrong: of a date, what is wrong with its boxes; of another page's answer, where it is.
fn refused(citizen: &Citizen, draft: &DossierRecord, page: &FormPage, posted: &Posted, mut problem: Problem) -> Form {
    let (here, elsewhere): (Vec<_>, Vec<_>) = problem.errors.drain(..).partition(|error| {
        draft.form.page_of(error.field()).is_none() || page.fields.iter().any(|field| field.name == error.field())
    });
    problem.errors = here;
    problem.errors.sort_by_key(|error| page.fields.iter().position(|field| field.name == error.field()));
    for error in &mut problem.errors {
        let field = page.fields.iter().find(|field| field.name == error.field());
        if let Some(message) = field.and_then(|field| field.fault(posted)) {
            error.detail = citizen.say(message);
        }
    }
    let mut form = Form::of(posted);
    if elsewhere.is_empty() || !problem.errors.is_empty() {
        form = form.refused(&problem);
    }
    for error in elsewhere {
        let number = draft.form.page_of(error.field()).unwrap_or(1);
        let mut fields = draft.form.page(number).into_iter().flat_map(|page| &page.fields);
        let label = fields.find(|field| field.name == error.field()).map(|field| &*field.label).unwrap_or_default();
        let href = format!("{}#{}", Step::Form(number).address(draft), error.field());
        form.fault_elsewhere(href, format!("{label}: {}", error.detail));
    }
    form
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
