//! What somebody sees whose action came too late: somebody else was first, and nothing was changed twice.

use actix_web::{HttpResponse, http::StatusCode};
use serde_json::json;

use super::{DossierRecord, Side};
use crate::{
    failure::{Failure, Problem},
    signed_in::SignedIn,
    upload::SentFile,
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
    page(visit, &record, &problem.title, &late)
}

/// Shows that a file which was sent for papers that nobody waits for any more was not kept.
///
/// # Errors
/// When the page cannot be made.
pub(crate) async fn show_not_kept(
    visit: &SignedIn,
    record: &DossierRecord,
    side: Side,
    file: Option<&SentFile>,
) -> Result<HttpResponse, Failure> {
    let kept = file.map(|file| file.name.clone()).unwrap_or_default();
    // Which steps the page had shown it did not say: only the last one is told.
    page(visit, record, &visit.say("moved-on-file"), &Late { side, kept, seen: record.history().len() })
}

fn page(visit: &SignedIn, record: &DossierRecord, reason: &str, late: &Late) -> Result<HttpResponse, Failure> {
    let history = record.history();
    let content = json!({
        "dossier": record.shown(),
        "dossier_href": late.side.address(record, ""),
        "list": late.side.list(record),
        "reason": reason,
        "last": history.last(),
        "changes": history.get(late.seen..).unwrap_or_default(),
        "kept": late.kept,
    });
    visit.page_with(StatusCode::CONFLICT, "work/moved_on.html", content)
}
