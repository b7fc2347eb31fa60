//! What an official sees whose action came too late: somebody else was first, and nothing was changed twice.

use actix_web::{HttpResponse, http::StatusCode};
use serde_json::json;

use super::DossierRecord;
use crate::{failure::Failure, signed_in::SignedIn};

/// Shows how the dossier stands now, who changed it last, and what was typed (`kept`), when the API refused with 409 or 412.
/// Whose own first click is still at work is led to the dossier.
///
/// # Errors
/// Any other failure, unchanged; and as [`DossierRecord::load`].
pub(super) async fn show(official: &SignedIn, id: &str, failure: Failure, kept: &str) -> Result<HttpResponse, Failure> {
    let problem = failure.refused_with(&[409, 412])?;
    let record = DossierRecord::load(official, id).await?;
    if problem.code == "in-progress" {
        return Ok(official.go(&record.work_address("")));
    }
    let last = record.dossier["history"].as_array().and_then(|history| history.last());
    let content = json!({
        "dossier": record.shown(),
        "dossier_href": record.work_address(""),
        "list": format!("/work/{}", record.agency()),
        "reason": problem.title,
        "last": last,
        "kept": kept,
    });
    official.page_with(StatusCode::CONFLICT, "work/moved_on.html", content)
}
