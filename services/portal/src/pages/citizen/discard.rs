//! Throwing a draft away: asked once more before it is gone.

use actix_web::{HttpResponse, web};
use reqwest::Method;
use serde_json::{Value, json};

use crate::{failure::Failure, pages::kinds::DossierRecord, posted::Posted, signed_in::Citizen};

const TEMPLATE: &str = "citizen/discard.html";

/// Asks.
pub(super) async fn show(citizen: Citizen, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    let draft = DossierRecord::draft(&citizen, &id).await?;
    citizen.page(TEMPLATE, content(&draft, false))
}

/// Throws it away as it was looked at; what was worked on since is looked at first.
pub(super) async fn send(citizen: Citizen, id: web::Path<String>, posted: Posted) -> Result<HttpResponse, Failure> {
    let draft = DossierRecord::draft(&citizen, &id).await?;
    let version = posted.version();
    let call = citizen.api().call(Method::DELETE, &format!("/api/v1/dossiers/{}", draft.id)).made_from(version);
    match call.send().await {
        Ok(_) => Ok(citizen.go("/dossiers")),
        Err(failure) => {
            failure.refused_with(&[412])?;
            citizen.page_again(TEMPLATE, content(&draft, true))
        }
    }
}

fn content(draft: &DossierRecord, changed: bool) -> Value {
    json!({
        "dossier": draft.shown(), "here": draft.address("/removal"), "version": draft.etag, "changed": changed,
    })
}
