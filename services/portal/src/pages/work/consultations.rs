//! What other agencies ask this one: the list, a question with as much of the dossier as it shows, and the answer.

use actix_web::{HttpResponse, web};
use edge::Work;
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    failure::{Failure, Problem},
    form::Form,
    forms::ProcedureForm,
    official::Official,
    pages::kinds::{List, ListQuery},
    query::Query,
    upload::Upload,
};

const TEMPLATE: &str = "work/consultation.html";
const HERE: &str = "/work/consultations";
/// What may be chosen: an opinion, or that none is given.
const KINDS: [&str; 2] = ["OPINION", "NONE"];

/// The dossier and the number of the question.
type QuestionPath = web::Path<(Uuid, u32)>;

/// Shows what waits for an answer.
pub(super) async fn list(official: Official<Work>, query: web::Query<ListQuery>) -> Result<HttpResponse, Failure> {
    let source = format!("/api/v1/agencies/{}/consultations", official.agency);
    let list = List { page: HERE, source: &source, filter: Query::default(), cursor: query.cursor.as_deref() };
    let found = list.own(&official).await?;
    let work = format!("/work/{}", official.agency);
    official.page("work/consultations.html", json!({"questions": found.items, "next": found.next, "work": work}))
}

/// Shows a question.
pub(super) async fn show(official: Official<Work>, path: QuestionPath) -> Result<HttpResponse, Failure> {
    let content = content(&official, &path, &Form::default()).await?;
    official.page(TEMPLATE, content)
}

/// Gives a paper that a question shows, or that came with an answer.
pub(super) async fn download(
    official: Official<Work>,
    path: web::Path<(Uuid, u32, Uuid)>,
) -> Result<HttpResponse, Failure> {
    let (dossier, number, file) = *path;
    let source = format!("/api/v1/dossiers/{dossier}/consultations/{number}/files/{file}");
    official.api().pass_file(&source).await
}

/// Answers, with the document first, if one was chosen.
pub(super) async fn answer(
    official: Official<Work>,
    path: QuestionPath,
    upload: Upload,
) -> Result<HttpResponse, Failure> {
    let Upload { fields, file } = upload;
    let mut form = Form::of(&fields);
    if fields.get("answer").is_empty() {
        form.fault("answer", &official.say("field-required"));
    }
    if !KINDS.contains(&fields.get("kind")) {
        form.fault("kind", &official.say("field-required"));
    }
    if file.as_ref().is_some_and(|file| file.too_large) {
        form.fault("file", &official.say("failure-413-text"));
    }
    if form.has_faults() {
        return official.page_again(TEMPLATE, content(&official, &path, &form).await?);
    }
    let (api, key) = (official.api(), fields.get("key"));
    let question = question(&path);
    let mut version = fields.version().map(str::to_owned);
    if let Some(file) = file {
        let query = Query::default().with("file_name", Some(&file.name)).after(&format!("{question}/documents"));
        let media_type = file.media_type();
        let (key, from) = (format!("{key}-document"), version.as_deref());
        match api.call(Method::POST, &query).made_from(from).send_file(&key, &media_type, file.bytes).await {
            Ok(sent) => version = sent.etag,
            Err(failure) => {
                let problem = told(&official, failure.refused_with(&[400, 409, 412, 413, 415, 422])?);
                form.fault("file", problem.sentence());
                return official.page_again(TEMPLATE, content(&official, &path, &form).await?);
            }
        }
    }
    let text = fields.get("answer").replace("\r\n", "\n");
    let body = json!({"answer": text, "declined": fields.get("kind") == KINDS[1]});
    let call = api.call(Method::POST, &format!("{question}/answer")).made_from(version.as_deref());
    match call.header("idempotency-key", key).json(&body).send().await {
        Ok(_) => Ok(official.go(&format!("{}?done=answered", address(&path)))),
        Err(failure) => {
            let form = form.refused(&told(&official, failure.refused_with(&[400, 409, 412])?));
            official.page_again(TEMPLATE, content(&official, &path, &form).await?)
        }
    }
}

/// A refusal in words for who reads the page as it is now.
fn told(official: &Official<Work>, problem: Problem) -> Problem {
    match problem.status {
        412 => Problem { title: official.say("changed-while-written"), ..problem },
        _ => problem,
    }
}

fn question(path: &QuestionPath) -> String {
    let (dossier, number) = **path;
    format!("/api/v1/dossiers/{dossier}/consultations/{number}")
}

fn address(path: &QuestionPath) -> String {
    let (dossier, number) = **path;
    format!("{HERE}/{dossier}/{number}")
}

async fn content(official: &Official<Work>, path: &QuestionPath, form: &Form) -> Result<Value, Failure> {
    let answer = official.api().call(Method::GET, &question(path)).send().await?;
    let asked = answer.json;
    let (code, version) = (asked["procedure"]["code"].as_str(), asked["procedure"]["version"].as_i64());
    let (code, version) = (code.ok_or(Failure::Unavailable)?, version.ok_or(Failure::Unavailable)?);
    let sections: Vec<_> = match asked["answers"].is_object() {
        false => Vec::new(),
        true => {
            let procedure = official.published(&format!("/api/v1/procedures/{code}/versions/{version}")).await?;
            let read = ProcedureForm::of(&procedure, official.language);
            let section =
                |page: &crate::forms::FormPage| json!({"title": page.title, "rows": page.rows(&asked["answers"])});
            read.pages().iter().map(section).collect()
        }
    };
    Ok(json!({
        "asked": asked,
        "sections": sections,
        "here": address(path),
        "list": HERE,
        "kinds": KINDS,
        "form": form,
        "key": official.new_key(),
        // As it is shown: what was typed is sent for what is read here.
        "version": answer.etag,
    }))
}
