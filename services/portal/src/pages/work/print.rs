//! A form of several dossiers of the list printed at once: one document, or why there is none of some of them.

use actix_web::HttpResponse;
use civic::AgencyCode;
use edge::Work;
use futures_util::future::join_all;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{failure::Failure, official::Official, pages::kinds::Bulk, posted::Posted};

/// What its button says.
pub(super) const NAME: &str = "PRINT";
/// The forms that are printed of many, by their numbers; the others are about one.
pub(super) const FORMS: [&str; 6] = ["01", "02", "03", "04", "05", "06"];

/// Gives the document, or shows which dossiers have no such form, with the way to print those that have.
pub(super) async fn send(
    official: &Official<Work>,
    agency: &AgencyCode,
    list: &str,
    posted: &Posted,
) -> Result<HttpResponse, Failure> {
    let (ticked, form) = (Bulk::ticked(posted), posted.get("form"));
    if ticked.is_empty() {
        return Ok(official.go(list));
    }
    let wanted = json!({"form": form, "dossiers": ticked});
    let path = format!("/api/v1/agencies/{agency}/forms");
    let failure = match official.api().pass_made_file(&path, &wanted).await {
        Ok(document) => return Ok(document),
        Err(failure) => failure,
    };
    let problem = failure.refused_with(&[409])?;
    let why = |place: usize| {
        let pointer = format!("/dossiers/{place}");
        problem.errors.iter().find(|error| error.pointer == pointer).map(|error| error.detail.clone())
    };
    let all = ticked.iter().enumerate().map(|(place, id)| outcome(official, *id, why(place)));
    let outcomes = join_all(all).await;
    let rest: Vec<_> = outcomes.iter().filter(|it| it["refused"].is_null()).map(|it| it["id"].clone()).collect();
    let content = json!({
        "action": NAME, "list": list, "done": 0, "refused": outcomes.len() - rest.len(), "outcomes": outcomes,
        "rest": (!rest.is_empty()).then_some(rest), "form_number": form, "key": official.new_key(),
    });
    official.page("work/bulk.html", content)
}

async fn outcome(official: &Official<Work>, id: Uuid, refused: Option<String>) -> Value {
    let dossier = official.api().get(&format!("/api/v1/dossiers/{id}")).await.ok();
    json!({"id": id, "dossier": dossier, "refused": refused})
}
