//! A draft's papers: uploaded one by one, each beside the name of what it is.

use actix_web::{HttpResponse, web};
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use super::opened::Opened;
use crate::{
    failure::Failure,
    form::Form,
    posted::Posted,
    query::Query,
    signed_in::{Citizen, SignedIn},
    upload::{SentFile, Upload},
};

const TEMPLATE: &str = "documents.html";

/// Shows them.
pub(crate) async fn show(citizen: Citizen, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    let opened = Opened::load(&citizen, &id).await?;
    if !opened.is_draft() {
        return Ok(opened.go(&citizen));
    }
    citizen.page(TEMPLATE, content(&citizen, &opened, &Form::default()))
}

/// Adds a paper.
pub(crate) async fn send(citizen: Citizen, id: web::Path<String>, upload: Upload) -> Result<HttpResponse, Failure> {
    let opened = Opened::load(&citizen, &id).await?;
    let component = upload.fields.get("component").to_owned();
    let mut form = Form::default();
    match upload.file {
        None => form.fault(&component, &citizen.say("document-choose")),
        Some(file) => {
            let sent = pass_on(&citizen, &opened, &component, upload.fields.get("key"), file).await;
            match sent {
                Ok(()) => return Ok(citizen.go(&opened.address("/documents"))),
                Err(failure) => {
                    let problem = failure.refused_with(&[400, 409, 413, 415, 422])?;
                    let told = problem.errors.first().map_or(&problem.title, |error| &error.detail);
                    form.fault(&component, told);
                }
            }
        }
    }
    citizen.page_again(TEMPLATE, content(&citizen, &opened, &form))
}

async fn pass_on(
    citizen: &Citizen,
    opened: &Opened,
    component: &str,
    key: &str,
    file: SentFile,
) -> Result<(), Failure> {
    let query = Query::default().with("component", Some(component)).with("file_name", Some(&file.name));
    let path = query.after(&format!("/api/v1/dossiers/{}/documents", opened.id));
    let media_type = media_type(&file);
    citizen.api().send_file(&path, key, &media_type, file.bytes).await.map(drop)
}

/// By the name's ending: browsers on some devices know no types. The API looks at the bytes anyway.
pub(super) fn media_type(file: &SentFile) -> String {
    let name = file.name.to_lowercase();
    match name.rsplit('.').next() {
        Some("pdf") => "application/pdf".to_owned(),
        Some("jpg" | "jpeg") => "image/jpeg".to_owned(),
        Some("png") => "image/png".to_owned(),
        _ if file.media_type.is_empty() => "application/octet-stream".to_owned(),
        _ => file.media_type.clone(),
    }
}

/// Removes a paper.
pub(crate) async fn remove(
    citizen: Citizen,
    path: web::Path<(String, String)>,
    _sealed: Posted,
) -> Result<HttpResponse, Failure> {
    let (dossier, document) = (read(&path.0)?, read(&path.1)?);
    let address = format!("/api/v1/dossiers/{dossier}/documents/{document}");
    citizen.api().call(Method::DELETE, &address).send().await?;
    Ok(citizen.go(&format!("/dossiers/{dossier}/documents")))
}

/// Gives a paper back.
pub(crate) async fn download(visit: SignedIn, path: web::Path<(String, String)>) -> Result<HttpResponse, Failure> {
    visit.own_device()?;
    let (dossier, document) = (read(&path.0)?, read(&path.1)?);
    visit.api().pass_file(&format!("/api/v1/dossiers/{dossier}/documents/{document}")).await
}

/// Shows a paper in the page that asks for it.
pub(crate) async fn view(visit: SignedIn, path: web::Path<(String, String)>) -> Result<HttpResponse, Failure> {
    visit.own_device()?;
    let (dossier, document) = (read(&path.0)?, read(&path.1)?);
    visit.api().show_file(&format!("/api/v1/dossiers/{dossier}/documents/{document}")).await
}

/// Shows a result in the page that asks for it.
pub(crate) async fn view_result(visit: SignedIn, path: web::Path<(String, String)>) -> Result<HttpResponse, Failure> {
    visit.own_device()?;
    let (dossier, result) = (read(&path.0)?, read(&path.1)?);
    visit.api().show_file(&format!("/api/v1/dossiers/{dossier}/results/{result}")).await
}

/// Gives a result.
pub(crate) async fn result(visit: SignedIn, path: web::Path<(String, String)>) -> Result<HttpResponse, Failure> {
    visit.own_device()?;
    let (dossier, result) = (read(&path.0)?, read(&path.1)?);
    visit.api().pass_file(&format!("/api/v1/dossiers/{dossier}/results/{result}")).await
}

fn read(id: &str) -> Result<Uuid, Failure> {
    id.parse().map_err(|_| Failure::NotFound)
}

fn content(citizen: &Citizen, opened: &Opened, form: &Form) -> Value {
    let documents = opened.dossier["documents"].as_array().into_iter().flatten();
    let components = opened.procedure["components"].as_array().into_iter().flatten().map(|component| {
        let there: Vec<_> = documents.clone().filter(|it| it["component"] == component["code"]).collect();
        json!({"component": component, "documents": there, "key": citizen.new_key()})
    });
    json!({
        "procedure_name": opened.procedure["name"],
        "here": opened.address("/documents"),
        "dossier_href": opened.address(""),
        "components": components.collect::<Vec<_>>(),
        "complete": opened.missing_papers().is_empty(),
        "check_href": opened.address("/check"),
        "before": opened.address(&format!("/form/{}", opened.form.pages().len())),
        "form": form,
    })
}
