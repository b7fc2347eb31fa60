//! The papers of a dossier that was taken in are scanned or photographed, one by one.

use actix_web::{HttpResponse, web};
use edge::Receive;
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    failure::Failure,
    form::Form,
    official::Official,
    pages::{kinds::DossierRecord, work::list},
    query::Query,
    upload::{SentFile, Upload},
};

const TEMPLATE: &str = "work/scans.html";

/// Shows what is there, with a place for one more of each.
pub(in crate::pages::work) async fn show(
    official: Official<Receive>,
    path: web::Path<(String, Uuid)>,
) -> Result<HttpResponse, Failure> {
    let record = DossierRecord::load(&official, &path.1.to_string()).await?;
    official.page(TEMPLATE, content(&official, &path.0, &record, &Form::default())?)
}

/// Adds one.
pub(in crate::pages::work) async fn add(
    official: Official<Receive>,
    path: web::Path<(String, Uuid)>,
    upload: Upload,
) -> Result<HttpResponse, Failure> {
    let record = DossierRecord::load(&official, &path.1.to_string()).await?;
    let component = upload.fields.get("component").to_owned();
    let mut form = Form::default();
    match upload.file {
        None => form.fault(&component, &official.say("document-choose")),
        Some(file) if file.too_large => form.fault(&component, &official.say("failure-413-text")),
        Some(file) => match pass_on(&official, path.1, &component, upload.fields.get("key"), file).await {
            Ok(()) => return Ok(official.go(&format!("/work/{}/intake/dossiers/{}", path.0, path.1))),
            Err(failure) => {
                let problem = failure.refused_with(&[400, 409, 413, 415, 422])?;
                let told = problem.errors.first().map_or(&problem.title, |error| &error.detail);
                form.fault(&component, told);
            }
        },
    }
    official.page_again(TEMPLATE, content(&official, &path.0, &record, &form)?)
}

/// Has a scan kept with the dossier.
pub(in crate::pages::work) async fn pass_on(
    official: &Official<Receive>,
    dossier: Uuid,
    component: &str,
    key: &str,
    file: SentFile,
) -> Result<(), Failure> {
    let query = Query::default().with("component", Some(component)).with("file_name", Some(&file.name));
    let path = query.after(&format!("/api/v1/dossiers/{dossier}/scans"));
    let media_type = file.media_type();
    official.api().call(Method::POST, &path).send_file(key, &media_type, file.bytes).await.map(drop)
}

fn content(official: &Official<Receive>, agency: &str, record: &DossierRecord, form: &Form) -> Result<Value, Failure> {
    let agency = list::own(official, agency)?;
    let documents = record.dossier["documents"].as_array().into_iter().flatten();
    let components = record.procedure["components"].as_array().into_iter().flatten().map(|component| {
        let there: Vec<_> = documents.clone().filter(|it| it["component"] == component["code"]).collect();
        json!({"component": component, "documents": there, "key": official.new_key()})
    });
    Ok(json!({
        "list": format!("/work/{agency}"),
        "here": format!("/work/{agency}/intake/dossiers/{}", record.id),
        "dossier": format!("/work/dossiers/{}", record.id),
        "code": record.dossier["code"],
        "components": components.collect::<Vec<_>>(),
        "form": form,
    }))
}
