//! Throwing a draft away: asked once more before it is gone.

use actix_web::{HttpResponse, web};
use reqwest::Method;
use serde_json::json;

use crate::{failure::Failure, pages::kinds::DossierRecord, posted::Posted, signed_in::Citizen};

/// Asks.
pub(super) async fn show(citizen: Citizen, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    let draft = DossierRecord::draft(&citizen, &id).await?;
    citizen.page("citizen/discard.html", json!({"dossier": draft.shown(), "here": draft.address("/removal")}))
}

/// Throws it away.
pub(super) async fn send(citizen: Citizen, id: web::Path<String>, _sealed: Posted) -> Result<HttpResponse, Failure> {
    let draft = DossierRecord::draft(&citizen, &id).await?;
    citizen.api().call(Method::DELETE, &format!("/api/v1/dossiers/{}", draft.id)).send().await?;
    Ok(citizen.go("/dossiers"))
}
