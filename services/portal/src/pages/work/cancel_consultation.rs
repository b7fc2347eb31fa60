//! Taking a question to another agency back: asked once more before it is done.

use actix_web::{HttpResponse, web};
use edge::Work;
use reqwest::Method;
use serde_json::json;

use crate::{
    failure::Failure,
    official::Official,
    pages::kinds::{DossierRecord, Late, Side, moved_on},
    posted::Posted,
};

/// The dossier and the number of the question.
type QuestionPath = web::Path<(String, u32)>;

/// Asks.
pub(super) async fn show(official: Official<Work>, path: QuestionPath) -> Result<HttpResponse, Failure> {
    let record = DossierRecord::load(&official, &path.0).await?;
    let mut requests = record.dossier["requests"].as_array().into_iter().flatten();
    let open = requests.find(|it| it["number"] == path.1 && it["kind"] == "CONSULTATION" && it["state"] == "OPEN");
    let Some(request) = open else { return Err(Failure::Elsewhere(record.work_address(""))) };
    let content = json!({
        "dossier": record.shown(),
        "request": request,
        "here": record.work_address(&format!("/consultations/{}", path.1)),
        "dossier_href": record.work_address(""),
        "key": official.new_key(),
        "version": record.etag,
        "seen": record.history().len(),
    });
    official.page("work/cancel_consultation.html", content)
}

/// Takes it back, unless something became of the dossier meanwhile.
pub(super) async fn send(
    official: Official<Work>,
    path: QuestionPath,
    posted: Posted,
) -> Result<HttpResponse, Failure> {
    let record = DossierRecord::load(&official, &path.0).await?;
    let operation = format!("/api/v1/dossiers/{}/consultations/{}/cancellation", record.id, path.1);
    let call = official.api().call(Method::POST, &operation).made_from(posted.version());
    match call.header("idempotency-key", posted.get("key")).json(&json!({})).send().await {
        Ok(_) => Ok(official.go(&record.work_address("?done=CANCEL_CONSULTATION"))),
        Err(failure) => {
            let (problem, kept) = (failure.refused_with(&[409, 412])?, String::new());
            let seen = posted.get("seen").parse().unwrap_or_default();
            moved_on::show(&official, &record, &problem, Late { side: Side::Work, kept, seen }).await
        }
    }
}
