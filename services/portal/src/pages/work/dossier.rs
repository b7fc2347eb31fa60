//! A dossier as an official works on it: what was said and sent in, what happened, what can be done now.

use actix_web::{HttpResponse, web};
use edge::Work;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    actions::ACTIONS,
    notes,
    remove_result::{REMOVE_RESULT, may_be_removed},
};
use crate::{failure::Failure, form::Form, official::Official, pages::kinds::DossierRecord, query::Query};

/// What `cancel_consultation.rs` says it has done.
const CANCEL_CONSULTATION: &str = "CANCEL_CONSULTATION";

/// What to show of it.
#[derive(Deserialize)]
pub(super) struct WorkDossierQuery {
    /// The paper to be looked at; the first when unset.
    paper: Option<String>,
    /// The action that was just done, as its page says.
    done: Option<String>,
    /// The query of the list that one comes from, to go back to.
    list: Option<String>,
}

/// Shows it.
pub(super) async fn show(
    official: Official<Work>,
    id: web::Path<String>,
    query: web::Query<WorkDossierQuery>,
) -> Result<HttpResponse, Failure> {
    let record = DossierRecord::load(&official, &id).await?;
    let papers = papers(&record);
    let place = papers.iter().position(|paper| paper["id"].as_str() == query.paper.as_deref()).unwrap_or_default();
    let notes = notes::of(&official, &record).await?;
    let is_known = |done: &&str| {
        [CANCEL_CONSULTATION, REMOVE_RESULT].contains(done) || ACTIONS.iter().any(|action| action.name == *done)
    };
    let done = query.done.as_deref().filter(is_known);
    let next = match done {
        Some(_) => next(&official, &record).await,
        None => None,
    };
    let list = Query::read(query.list.as_deref().unwrap_or_default()).after(&format!("/work/{}", record.agency()));
    official.page(
        "work/dossier.html",
        json!({
            "dossier": record.shown(),
            "here": record.work_address(""),
            "list": list,
            "sections": record.sections(),
            "papers": papers,
            "looked_at": papers.get(place),
            "place": place + 1,
            "paper_before": place.checked_sub(1).and_then(|before| papers.get(before)),
            "paper_after": papers.get(place + 1),
            "notes": notes,
            "may_note": notes::may_be_written(&official) && record.agency() == official.agency.as_str(),
            "key": official.new_key(),
            "version": record.etag,
            "seen": record.history().len(),
            "form": Form::default(),
            "actions": actions(&record),
            "forms": record.forms(&official).await,
            "done": done,
            "next": next,
        }),
    )
}

/// The dossier that waits for the agency and is due first, but for this one; none when that cannot be told.
async fn next(official: &Official<Work>, record: &DossierRecord) -> Option<Value> {
    let waiting = format!("/api/v1/agencies/{}/dossiers?work=OPEN&page_size=2", record.agency());
    let waiting = official.api().get(&waiting).await.ok()?;
    let mut waiting = waiting["items"].as_array()?.iter();
    waiting.find(|dossier| dossier["id"] != record.dossier["id"]).cloned()
}

/// The applicant's papers and the results, with where they are shown and where they are fetched.
fn papers(record: &DossierRecord) -> Vec<Value> {
    let paper = |file: &Value, folder: &str, name: Option<&Value>| {
        let id = file["id"].as_str().unwrap_or_default();
        let media_type = file["media_type"].as_str().unwrap_or_default();
        json!({
            "id": id,
            "name": name,
            "file_name": file["file_name"],
            "size": file["size"],
            "replaced": file["replaced"],
            "is_picture": media_type.starts_with("image/"),
            "show": record.work_address(&format!("?paper={id}#paper")),
            "view": record.address(&format!("/{folder}/{id}/view")),
            "download": record.address(&format!("/{folder}/{id}")),
        })
    };
    let sent = record.documents().into_iter().map(|it| paper(&it["document"], "documents", Some(&it["component"])));
    let results = record.dossier["results"].as_array().into_iter().flatten();
    let results = results.map(|result| {
        let mut shown = paper(result, "results", None);
        if may_be_removed(record, result) {
            let id = result["id"].as_str().unwrap_or_default();
            shown["remove"] = json!(record.work_address(&format!("/results/{id}/removal")));
        }
        shown
    });
    sent.chain(results).collect()
}

/// What there is to do, each with its page or with why not.
fn actions(record: &DossierRecord) -> Vec<Value> {
    let all = record.dossier["actions"].as_array().into_iter().flatten();
    let action = |it: &Value| {
        let form = ACTIONS.iter().find(|form| it["action"] == form.name)?;
        let href = record.work_address(&format!("/{}", form.path));
        Some(json!({"name": form.name, "href": href, "allowed": it["allowed"], "reason": it["reason"]["text"]}))
    };
    all.filter_map(action).collect()
}
