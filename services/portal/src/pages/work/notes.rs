//! What officials write about a dossier for each other.

use actix_web::{HttpResponse, web};
use edge::{Duty, Note, Work};
use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    failure::Failure,
    form::Form,
    official::Official,
    pages::kinds::{DossierRecord, Late, Side, moved_on},
    posted::Posted,
};

const TEMPLATE: &str = "work/notes.html";

/// Shows them, with the form for one more.
pub(super) async fn show(official: Official<Work>, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    let record = DossierRecord::load(&official, &id).await?;
    official.page(TEMPLATE, content(&official, &record, &Form::default()).await?)
}

/// Adds one, and goes back to the dossier.
pub(super) async fn add(
    official: Official<Note>,
    id: web::Path<String>,
    posted: Posted,
) -> Result<HttpResponse, Failure> {
    let record = DossierRecord::load(&official, &id).await?;
    let mut form = Form::of(&posted);
    let text = posted.get("text").replace("\r\n", "\n");
    if text.is_empty() {
        form.fault("text", &official.say("field-required"));
        return official.page_again(TEMPLATE, content(&official, &record, &form).await?);
    }
    let call = official.api().call(Method::POST, &format!("/api/v1/dossiers/{}/notes", record.id));
    let call = call.made_from(posted.version()).header("idempotency-key", posted.get("key"));
    match call.json(&json!({"text": text})).send().await {
        Ok(_) => Ok(official.go(&record.work_address("#notes"))),
        Err(failure) => {
            let problem = failure.refused_with(&[400, 409, 412])?;
            if problem.status == 412 {
                let seen = posted.get("seen").parse().unwrap_or_default();
                return moved_on::show(&official, &record, &problem, Late { side: Side::Work, kept: text, seen }).await;
            }
            official.page_again(TEMPLATE, content(&official, &record, &form.refused(&problem)).await?)
        }
    }
}

/// The notes about a dossier; null for the centre that only took it in, which does not see them.
pub(super) async fn of<D>(official: &Official<D>, record: &DossierRecord) -> Result<Value, Failure> {
    match official.api().get(&format!("/api/v1/dossiers/{}/notes", record.id)).await {
        Ok(notes) => Ok(notes["items"].clone()),
        Err(failure) => failure.refused_with(&[404]).map(|_| Value::Null),
    }
}

/// Whether the official may write one.
pub(super) fn may_be_written<D>(official: &Official<D>) -> bool {
    official.caller().roles_at(&official.agency).iter().any(|role| Note::ROLES.contains(role))
}

async fn content<D>(official: &Official<D>, record: &DossierRecord, form: &Form) -> Result<Value, Failure> {
    Ok(json!({
        "dossier": record.shown(),
        "dossier_href": record.work_address(""),
        "here": record.work_address("/notes"),
        "notes": of(official, record).await?,
        "may_note": may_be_written(official),
        "key": official.new_key(),
        "version": form.kept("version", &record.etag),
        "seen": form.kept("seen", &record.history().len().to_string()),
        "form": form,
    }))
}
