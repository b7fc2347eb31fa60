//! Several dossiers received at once: each by itself, so that one that cannot be fails alone.

use actix_web::{HttpResponse, web};
use civic::AgencyCode;
use edge::Receive;
use futures_util::{StreamExt, TryStreamExt, stream};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{failure::Failure, official::Official, posted::Posted};

/// A page of the list has fewer.
const MOST: usize = 100;
/// What a ticked box says; its name is the dossier's id.
const TICKED: &str = "receive";
/// Receipts under way at once.
const AT_ONCE: usize = 4;

/// Receives those that are ticked, and shows what came of each.
pub(super) async fn receive(
    official: Official<Receive>,
    agency: web::Path<String>,
    posted: Posted,
) -> Result<HttpResponse, Failure> {
    let agency: AgencyCode = agency.parse().map_err(|_| Failure::NotFound)?;
    let (list, key) = (format!("/work/{agency}"), posted.get("key"));
    let ticked = posted.fields().filter(|(_, value)| *value == TICKED).filter_map(|(name, _)| name.parse().ok());
    let ticked: Vec<Uuid> = ticked.take(MOST).collect();
    if ticked.is_empty() {
        return Ok(official.go(&format!("{list}?status=REGISTERED")));
    }
    let outcomes = stream::iter(ticked).map(|id| outcome(&official, id, key)).buffered(AT_ONCE);
    let outcomes: Vec<_> = outcomes.try_collect().await?;
    let received = outcomes.iter().filter(|outcome| outcome["refused"].is_null()).count();
    let content =
        json!({"list": list, "received": received, "refused": outcomes.len() - received, "outcomes": outcomes});
    official.page("work/receipts.html", content)
}

/// What came of one: the dossier as it stands now, and why it was not received.
async fn outcome(official: &Official<Receive>, id: Uuid, key: &str) -> Result<Value, Failure> {
    let (api, path) = (official.api(), format!("/api/v1/dossiers/{id}"));
    let receipt = api.post(&format!("{path}/receipt"), Some(&format!("{key}-{id}")), &json!({})).await;
    let refused = match receipt {
        Ok(_) => None,
        Err(Failure::Refused(problem)) if problem.status < 500 && problem.status != 401 => Some(problem.title),
        // The same form may be sent again: what was received is not received twice.
        Err(failure) => return Err(failure),
    };
    Ok(json!({"id": id, "dossier": api.get(&path).await.ok(), "refused": refused}))
}
