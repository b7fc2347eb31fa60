//! A dossier as an official works on it: what was said and sent in, what happened, what can be done now.

use actix_web::{HttpResponse, web};
use edge::Work;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    dossier::{documents, sections, shown},
    opened::Opened,
};
use crate::{failure::Failure, official::Official};

/// What was just done, as the page is told by the one that did it.
const DONE: [&str; 3] = ["received", "issued", "completed"];

/// What to show of it.
#[derive(Deserialize)]
pub(crate) struct Wanted {
    /// The paper to be looked at; the first when unset.
    paper: Option<String>,
    done: Option<String>,
}

/// Shows it.
pub(crate) async fn show(
    official: Official<Work>,
    id: web::Path<String>,
    wanted: web::Query<Wanted>,
) -> Result<HttpResponse, Failure> {
    let opened = Opened::load(&official, &id).await?;
    let papers = papers(&opened);
    let looked_at = papers.iter().find(|paper| paper["id"].as_str() == wanted.paper.as_deref()).or(papers.first());
    official.page(
        "work_dossier.html",
        json!({
            "dossier": shown(&opened),
            "here": opened.work_address(""),
            "list": format!("/work/{}", opened.agency()),
            "sections": sections(&opened),
            "papers": papers,
            "looked_at": looked_at,
            "actions": actions(&opened),
            "done": wanted.done.as_deref().filter(|done| DONE.contains(done)),
        }),
    )
}

/// The applicant's papers and the results, with where they are shown and where they are fetched.
fn papers(opened: &Opened) -> Vec<Value> {
    let paper = |file: &Value, folder: &str, name: Option<&Value>| {
        let id = file["id"].as_str().unwrap_or_default();
        let media_type = file["media_type"].as_str().unwrap_or_default();
        json!({
            "id": id,
            "name": name,
            "file_name": file["file_name"],
            "size": file["size"],
            "is_picture": media_type.starts_with("image/"),
            "show": opened.work_address(&format!("?paper={id}#paper")),
            "view": opened.address(&format!("/{folder}/{id}/view")),
            "download": opened.address(&format!("/{folder}/{id}")),
        })
    };
    let sent = documents(opened).into_iter().map(|it| paper(&it["document"], "documents", Some(&it["component"])));
    let results = opened.dossier["results"].as_array().into_iter().flatten();
    sent.chain(results.map(|result| paper(result, "results", None))).collect()
}

/// What there is to do, each with its page or with why not.
fn actions(opened: &Opened) -> Vec<Value> {
    let all = opened.dossier["actions"].as_array().into_iter().flatten();
    let action = |it: &Value| {
        let name = it["action"].as_str()?;
        let page = page(name)?;
        Some(
            json!({"name": name, "href": opened.work_address(page), "allowed": it["allowed"], "reason": it["reason"]["text"]}),
        )
    };
    all.filter_map(action).collect()
}

/// The page of an action, below the dossier's.
fn page(action: &str) -> Option<&'static str> {
    match action {
        "RECEIVE" => Some("/receipt"),
        "ADD_RESULT" => Some("/results"),
        "COMPLETE" => Some("/completion"),
        _ => None,
    }
}
