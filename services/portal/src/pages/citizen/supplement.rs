//! What an agency asked for: each paper with its reason and what to do, uploaded one by one, then sent in.

use actix_web::{HttpRequest, HttpResponse, web};
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{actions::ANSWER_SUPPLEMENT, documents::pass_on};
use crate::{
    failure::Failure,
    form::Form,
    pages::kinds::{DossierRecord, Side, moved_on},
    posted::Posted,
    signed_in::Citizen,
    upload::Upload,
};

const TEMPLATE: &str = "citizen/supplement.html";

/// Shows it; when nothing is asked for, the dossier.
pub(super) async fn show(citizen: Citizen, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    let record = DossierRecord::load(&citizen, &id).await?;
    match record.open_supplement() {
        Some(request) => citizen.page(TEMPLATE, content(&citizen, &record, request, &Form::default())),
        None => Err(Failure::Elsewhere(record.address(""))),
    }
}

/// Adds a paper.
pub(super) async fn add(citizen: Citizen, id: web::Path<String>, upload: Upload) -> Result<HttpResponse, Failure> {
    let record = DossierRecord::load(&citizen, &id).await?;
    let Some(request) = record.open_supplement() else {
        return moved_on::show_not_kept(&citizen, &record, Side::Own, upload.file.as_ref()).await;
    };
    let component = upload.fields.get("component").to_owned();
    let mut form = Form::default();
    match upload.file {
        None => form.fault(&component, &citizen.say("document-choose")),
        Some(file) if file.too_large => form.fault(&component, &citizen.say("failure-413-text")),
        Some(file) => match pass_on(&citizen, &record, &component, upload.fields.get("key"), file).await {
            Ok(()) => return Ok(citizen.go(&record.address("/supplement"))),
            Err(failure) => {
                let problem = failure.refused_with(&[400, 409, 413, 415, 422])?;
                form.fault(&component, problem.errors.first().map_or(&problem.title, |error| &error.detail));
            }
        },
    }
    citizen.page_again(TEMPLATE, content(&citizen, &record, request, &form))
}

/// To the papers asked for: who signed in again after the session had ended comes by the addresses that take forms.
pub(super) async fn form_of(citizen: Citizen, request: HttpRequest) -> Result<HttpResponse, Failure> {
    let dossier: Uuid = request.match_info().query("id").parse().map_err(|_| Failure::NotFound)?;
    Ok(citizen.go(&format!("/dossiers/{dossier}/supplement")))
}

/// Takes a paper out again.
pub(super) async fn remove(
    citizen: Citizen,
    path: web::Path<(Uuid, Uuid)>,
    _sealed: Posted,
) -> Result<HttpResponse, Failure> {
    let (dossier, document) = *path;
    let address = format!("/api/v1/dossiers/{dossier}/documents/{document}");
    citizen.api().call(Method::DELETE, &address).send().await?;
    Ok(citizen.go(&format!("/dossiers/{dossier}/supplement")))
}

fn content(citizen: &Citizen, record: &DossierRecord, request: &Value, form: &Form) -> Value {
    let papers = record.asked_papers(request).into_iter();
    let papers =
        papers.map(|(paper, documents)| json!({"paper": paper, "documents": documents, "key": citizen.new_key()}));
    json!({
        "dossier": record.shown(),
        "request": request,
        "papers": papers.collect::<Vec<_>>(),
        "here": record.address("/supplement"),
        "dossier_href": record.address(""),
        "complete": record.allows(ANSWER_SUPPLEMENT.name),
        "key": citizen.new_key(),
        "seen": record.history().len(),
        "form": form,
    })
}
