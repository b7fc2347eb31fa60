//! Issuing a result: a file, which the applicant gets when the dossier is completed.

use actix_web::{HttpResponse, web};
use edge::Work;
use serde_json::{Value, json};

use super::{documents::media_type, dossier::shown, moved_on, opened::Opened};
use crate::{
    failure::Failure,
    form::Form,
    official::Official,
    query::Query,
    upload::{SentFile, Upload},
};

const TEMPLATE: &str = "issue.html";

/// Shows the form.
pub(crate) async fn show(official: Official<Work>, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    let opened = Opened::load(&official, &id).await?;
    if !opened.allows("ADD_RESULT") {
        return Ok(official.go(&opened.work_address("")));
    }
    official.page(TEMPLATE, content(&official, &opened, &Form::default()))
}

/// Passes the file on.
pub(crate) async fn send(
    official: Official<Work>,
    id: web::Path<String>,
    upload: Upload,
) -> Result<HttpResponse, Failure> {
    let opened = Opened::load(&official, &id).await?;
    let mut form = Form::default();
    match upload.file {
        None => form.fault("file", &official.say("document-choose")),
        Some(file) => match pass_on(&official, &opened, upload.fields.get("key"), file).await {
            Ok(()) => return Ok(official.go(&opened.work_address("?done=issued"))),
            Err(failure) => match failure.refused_with(&[400, 413, 415, 422]) {
                Ok(problem) => form.fault("file", problem.errors.first().map_or(&problem.title, |error| &error.detail)),
                Err(other) => return moved_on::show(&official, &id, other, "").await,
            },
        },
    }
    official.page_again(TEMPLATE, content(&official, &opened, &form))
}

async fn pass_on(official: &Official<Work>, opened: &Opened, key: &str, file: SentFile) -> Result<(), Failure> {
    let query = Query::default().with("file_name", Some(&file.name));
    let path = query.after(&format!("/api/v1/dossiers/{}/results", opened.id));
    let media_type = media_type(&file);
    official.api().send_file(&path, key, &media_type, file.bytes).await.map(drop)
}

fn content(official: &Official<Work>, opened: &Opened, form: &Form) -> Value {
    json!({
        "dossier": shown(opened),
        "here": opened.work_address("/results"),
        "dossier_href": opened.work_address(""),
        "key": official.new_key(),
        "form": form,
    })
}
