//! Receiving a dossier: from then on the agency's time runs.

use actix_web::{HttpResponse, web};
use edge::Work;
use serde_json::json;

use super::{dossier::shown, moved_on, opened::Opened};
use crate::{failure::Failure, official::Official, posted::Posted};

/// Asks whether to.
pub(crate) async fn show(official: Official<Work>, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    let opened = Opened::load(&official, &id).await?;
    if !opened.allows("RECEIVE") {
        return Ok(official.go(&opened.work_address("")));
    }
    official.page(
        "receive.html",
        json!({
            "dossier": shown(&opened),
            "here": opened.work_address("/receipt"),
            "dossier_href": opened.work_address(""),
            "missing": opened.missing_papers().iter().map(|paper| &paper["name"]).collect::<Vec<_>>(),
            "key": official.new_key(),
        }),
    )
}

/// Receives it.
pub(crate) async fn send(
    official: Official<Work>,
    id: web::Path<String>,
    posted: Posted,
) -> Result<HttpResponse, Failure> {
    let opened = Opened::load(&official, &id).await?;
    let path = format!("/api/v1/dossiers/{}/receipt", opened.id);
    match official.api().post(&path, Some(posted.get("key")), &json!({})).await {
        Ok(_) => Ok(official.go(&opened.work_address("?done=received"))),
        Err(failure) => moved_on::show(&official, &id, failure, "").await,
    }
}
