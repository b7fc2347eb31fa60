//! What somebody sees whose action came too late: somebody else was first, and nothing was changed twice.

use actix_web::{HttpResponse, http::StatusCode};
use serde_json::json;

use super::{DossierRecord, Side};
use crate::{
    failure::{Failure, Problem},
    signed_in::SignedIn,
};

/// An action that came too late.
pub(crate) struct Late {
    /// Whose it is.
    pub side: Side,
    /// What was typed.
    pub kept: String,
    /// How many steps the dossier had gone when its form was shown.
    pub seen: usize,
}

/// Shows how the dossier stands now, what became of it meanwhile, and what was typed, when the API refused with 409 or 412.
/// Whose own first click is still at work is led to the dossier.
///
/// # Errors
/// As [`DossierRecord::load`].
pub(crate) async fn show(
    visit: &SignedIn,
    before: &DossierRecord,
    problem: &Problem,
    late: Late,
) -> Result<HttpResponse, Failure> {
    let record = DossierRecord::load(visit, &before.id.to_string()).await?;
    if problem.code == "in-progress" {
        return Ok(visit.go(&late.side.address(&record, "")));
    }
    let history = record.history();
    let content = json!({
        "dossier": record.shown(),
        "dossier_href": late.side.address(&record, ""),
        "list": late.side.list(&record),
        "reason": problem.title,
        "last": history.last(),
        "changes": history.get(late.seen..).unwrap_or_default(),
        "kept": late.kept,
    });
    visit.page_with(StatusCode::CONFLICT, "work/moved_on.html", content)
}
