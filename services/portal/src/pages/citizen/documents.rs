//! A draft's papers: uploaded one by one, each beside the name of what it is.

use actix_web::{HttpResponse, web};
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    failure::Failure,
    form::Form,
    pages::kinds::{DossierRecord, Step},
    posted::Posted,
    query::Query,
    signed_in::Citizen,
    upload::{SentFile, Upload},
};

const TEMPLATE: &str = "citizen/documents.html";

/// Shows them.
pub(super) async fn show(citizen: Citizen, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    let draft = DossierRecord::draft(&citizen, &id).await?;
    citizen.page(TEMPLATE, content(&citizen, &draft, &Form::default()))
}

/// Adds a paper.
pub(super) async fn send(citizen: Citizen, id: web::Path<String>, upload: Upload) -> Result<HttpResponse, Failure> {
    let draft = DossierRecord::load(&citizen, &id).await?;
    let component = upload.fields.get("component").to_owned();
    let mut form = Form::default();
    match upload.file {
        None => form.fault(&component, &citizen.say("document-choose")),
        Some(file) if file.too_large => form.fault(&component, &citizen.say("failure-413-text")),
        Some(file) => {
            let sent = pass_on(&citizen, &draft, &component, upload.fields.get("key"), file).await;
            match sent {
                Ok(()) => return Ok(citizen.go(&draft.address("/documents"))),
                Err(failure) => {
                    let problem = failure.refused_with(&[400, 409, 413, 415, 422])?;
                    let told = problem.errors.first().map_or(&problem.title, |error| &error.detail);
                    form.fault(&component, told);
                }
            }
        }
    }
    citizen.page_again(TEMPLATE, content(&citizen, &draft, &form))
}

/// Hands a paper on to the API.
pub(super) async fn pass_on(
    citizen: &Citizen,
    draft: &DossierRecord,
    component: &str,
    key: &str,
    file: SentFile,
) -> Result<(), Failure> {
    let query = Query::default().with("component", Some(component)).with("file_name", Some(&file.name));
    let path = query.after(&format!("/api/v1/dossiers/{}/documents", draft.id));
    let media_type = file.media_type();
    citizen.api().call(Method::POST, &path).send_file(key, &media_type, file.bytes).await.map(drop)
}

/// To the papers of the draft: who signed in again after the session had ended comes by this address.
pub(super) async fn list_of(citizen: Citizen, path: web::Path<(Uuid, Uuid)>) -> HttpResponse {
    citizen.go(&format!("/dossiers/{}/documents", path.0))
}

/// Removes a paper.
pub(super) async fn remove(
    citizen: Citizen,
    path: web::Path<(Uuid, Uuid)>,
    _sealed: Posted,
) -> Result<HttpResponse, Failure> {
    let (dossier, document) = *path;
    let address = format!("/api/v1/dossiers/{dossier}/documents/{document}");
    citizen.api().call(Method::DELETE, &address).send().await?;
    Ok(citizen.go(&format!("/dossiers/{dossier}/documents")))
}

fn content(citizen: &Citizen, draft: &DossierRecord, form: &Form) -> Value {
    let documents = draft.dossier["documents"].as_array().into_iter().flatten();
    let components = draft.procedure["components"].as_array().into_iter().flatten().map(|component| {
        let there: Vec<_> = documents.clone().filter(|it| it["component"] == component["code"]).collect();
        json!({"component": component, "documents": there, "key": citizen.new_key()})
    });
    json!({
        "procedure_name": draft.procedure["name"],
        "here": Step::Papers.address(draft),
        "dossier_href": draft.address(""),
        "components": components.collect::<Vec<_>>(),
        "complete": draft.missing_papers().is_empty(),
        "check_href": Step::Papers.next(draft),
        "before": Step::Papers.back(draft),
        "form": form,
    })
}
