//! One of a citizen's dossiers: a draft's tasks, or where a filed one stands.

use actix_web::{HttpResponse, web};
use serde_json::{Value, json};

use super::opened::Opened;
use crate::{failure::Failure, signed_in::Citizen};

/// Shows it.
pub(crate) async fn show(citizen: Citizen, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    let opened = Opened::load(&citizen, &id).await?;
    match opened.is_draft() {
        true => citizen.page("draft.html", draft(&opened)),
        false => citizen.page("dossier.html", filed(&opened)),
    }
}

fn draft(opened: &Opened) -> Value {
    let answers = opened.answers();
    let pages: Vec<_> = opened
        .form
        .pages()
        .iter()
        .enumerate()
        .map(|(index, page)| {
            let begun = page.fields.iter().any(|field| answers.contains_key(&field.name));
            let state = match (page.missing(&answers).is_empty(), begun) {
                // Where nothing must be answered, a look is enough to be done.
                (true, _) => "done",
                (false, true) => "begun",
                (false, false) => "open",
            };
            json!({"href": opened.address(&format!("/form/{}", index + 1)), "title": page.title, "state": state})
        })
        .collect();
    let sent = opened.dossier["documents"].as_array().is_some_and(|sent| !sent.is_empty());
    let papers = match (opened.missing_papers().is_empty(), sent) {
        (true, true) => "done",
        (true, false) => "optional",
        (false, _) => "open",
    };
    let ready = papers != "open" && pages.iter().all(|page| page["state"] == "done");
    json!({
        "dossier": shown(opened), "pages": pages, "papers": papers, "ready": ready,
        "has_papers": opened.asks_papers(),
    })
}

fn filed(opened: &Opened) -> Value {
    json!({
        "dossier": shown(opened),
        "sections": sections(opened),
        "documents": documents(opened),
        "may_pay": opened.allows("PAY"),
    })
}

/// The answers, as people read them.
pub(super) fn sections(opened: &Opened) -> Vec<Value> {
    let answers = &opened.dossier["answers"];
    opened.form.pages().iter().map(|page| json!({"title": page.title, "lines": page.lines(answers)})).collect()
}

/// The papers with the names of what they are.
pub(super) fn documents(opened: &Opened) -> Vec<Value> {
    let components = opened.procedure["components"].as_array().into_iter().flatten();
    let name = |code: &Value| components.clone().find(|it| it["code"] == *code).map(|it| it["name"].clone());
    let documents = opened.dossier["documents"].as_array().into_iter().flatten();
    documents.map(|it| json!({"document": it, "component": name(&it["component"])})).collect()
}

/// The dossier without its answers, which are shown by the form.
pub(super) fn shown(opened: &Opened) -> Value {
    let mut dossier = opened.dossier.clone();
    if let Some(members) = dossier.as_object_mut() {
        members.remove("answers");
    }
    dossier
}
