//! Completing a dossier: the applicant gets the results.

use actix_web::{HttpResponse, web};
use edge::Work;
use serde_json::{Value, json};

use super::{dossier::shown, moved_on, opened::Opened};
use crate::{failure::Failure, form::Form, official::Official, posted::Posted};

const TEMPLATE: &str = "complete.html";

/// Shows the form.
pub(crate) async fn show(official: Official<Work>, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    let opened = Opened::load(&official, &id).await?;
    if !opened.allows("COMPLETE") {
        return Ok(official.go(&opened.work_address("")));
    }
    official.page(TEMPLATE, content(&official, &opened, &Form::default()))
}

/// Completes it.
pub(crate) async fn send(
    official: Official<Work>,
    id: web::Path<String>,
    posted: Posted,
) -> Result<HttpResponse, Failure> {
    let opened = Opened::load(&official, &id).await?;
    let note = posted.get("note");
    let body = if note.is_empty() { json!({}) } else { json!({"note": note}) };
    let path = format!("/api/v1/dossiers/{}/completion", opened.id);
    match official.api().post(&path, Some(posted.get("key")), &body).await {
        Ok(_) => Ok(official.go(&opened.work_address("?done=completed"))),
        Err(failure) => match failure.refused_with(&[400]) {
            Ok(problem) => {
                let form = Form::of(&posted).refused(&problem);
                official.page_again(TEMPLATE, content(&official, &opened, &form))
            }
            Err(other) => moved_on::show(&official, &id, other, note).await,
        },
    }
}

fn content(official: &Official<Work>, opened: &Opened, form: &Form) -> Value {
    json!({
        "dossier": shown(opened),
        "here": opened.work_address("/completion"),
        "dossier_href": opened.work_address(""),
        "key": official.new_key(),
        "form": form,
    })
}
