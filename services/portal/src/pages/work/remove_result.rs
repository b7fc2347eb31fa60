//! Taking a result back that was added by mistake: asked once more before it is done.

use actix_web::{HttpResponse, web};
use edge::Work;
use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    failure::Failure,
    official::Official,
    pages::kinds::{DossierRecord, Late, Side, moved_on},
    posted::Posted,
};

/// The API's name of what is done here.
pub(super) const REMOVE_RESULT: &str = "REMOVE_RESULT";

/// The dossier and the result.
type ResultPath = web::Path<(String, String)>;

/// Asks.
pub(super) async fn show(official: Official<Work>, path: ResultPath) -> Result<HttpResponse, Failure> {
    let record = DossierRecord::load(&official, &path.0).await?;
    let mut results = record.dossier["results"].as_array().into_iter().flatten();
    let there = results.find(|it| it["id"] == path.1.as_str() && may_be_removed(&record, it));
    let Some(result) = there else { return Err(Failure::Elsewhere(record.work_address(""))) };
    let content = json!({
        "dossier": record.shown(),
        "result": result,
        "here": record.work_address(&format!("/results/{}/removal", path.1)),
        "dossier_href": record.work_address(""),
        "key": official.new_key(),
        "version": record.etag,
        "seen": record.history().len(),
    });
    official.page("work/remove_result.html", content)
}

/// Takes it back, unless something became of the dossier meanwhile.
pub(super) async fn send(official: Official<Work>, path: ResultPath, posted: Posted) -> Result<HttpResponse, Failure> {
    let record = DossierRecord::load(&official, &path.0).await?;
    let operation = format!("/api/v1/dossiers/{}/results/{}", record.id, path.1);
    match official.api().call(Method::DELETE, &operation).made_from(posted.version()).send().await {
        Ok(_) => Ok(official.go(&record.work_address(&format!("?done={REMOVE_RESULT}")))),
        Err(failure) => {
            let (problem, kept) = (failure.refused_with(&[404, 409, 412])?, String::new());
            let seen = posted.get("seen").parse().unwrap_or_default();
            moved_on::show(&official, &record, &problem, Late { side: Side::Work, kept, seen }).await
        }
    }
}

/// Whether a result of the dossier can be taken back.
pub(super) fn may_be_removed(record: &DossierRecord, result: &Value) -> bool {
    record.allows(REMOVE_RESULT) && result["replaced"] == false
}
