//! What an applicant was asked for is brought to the counter: scanned, or counted as it is handed in on paper, and taken in.

use actix_web::{HttpRequest, HttpResponse, web};
use edge::Receive;
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use super::intake::{count, counts_wrongly, paper_field, scan};
use crate::{
    failure::{Failure, Problem},
    form::Form,
    official::Official,
    pages::kinds::{DossierRecord, Late, Side, moved_on},
    posted::Posted,
    upload::Upload,
};

const TEMPLATE: &str = "work/supplement.html";
/// Below the dossier, here and in the API.
const PATH: &str = "/supplement-intake";
/// What the API says while a paper is neither scanned nor handed in.
const INCOMPLETE: &str = "dossier-incomplete";

/// Shows the papers that are asked for; when none is, the dossier.
pub(super) async fn show(official: Official<Receive>, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    let record = DossierRecord::load(&official, &id).await?;
    official.page(TEMPLATE, content(&official, &record, &Form::default())?)
}

/// Adds a scan.
pub(super) async fn add(
    official: Official<Receive>,
    id: web::Path<String>,
    upload: Upload,
) -> Result<HttpResponse, Failure> {
    let record = DossierRecord::load(&official, &id).await?;
    if record.open_supplement().is_none() {
        return moved_on::show_not_kept(&official, &record, Side::Work, upload.file.as_ref()).await;
    }
    let component = upload.fields.get("component").to_owned();
    let mut form = Form::default();
    match upload.file {
        None => form.fault(&component, &official.say("document-choose")),
        Some(file) if file.too_large => form.fault(&component, &official.say("failure-413-text")),
        Some(file) => match scan(&official, record.id, &component, upload.fields.get("key"), file).await {
            Ok(()) => return Ok(official.go(&record.work_address(PATH))),
            Err(failure) => {
                let problem = failure.refused_with(&[400, 409, 413, 415, 422])?;
                form.fault(&component, problem.sentence());
            }
        },
    }
    official.page_again(TEMPLATE, content(&official, &record, &form)?)
}

/// To the papers asked for: who signed in again after the session had ended comes by the addresses that take forms.
pub(super) async fn form_of(official: Official<Receive>, request: HttpRequest) -> Result<HttpResponse, Failure> {
    let dossier: Uuid = request.match_info().query("id").parse().map_err(|_| Failure::NotFound)?;
    Ok(official.go(&format!("/work/dossiers/{dossier}{PATH}")))
}

/// Takes them in, in the applicant's place.
pub(super) async fn send(
    official: Official<Receive>,
    id: web::Path<String>,
    posted: Posted,
) -> Result<HttpResponse, Failure> {
    let record = DossierRecord::load(&official, &id).await?;
    let asked = components(&record);
    let paper = |code: &String| {
        json!({
            "component": code,
            "originals": count(posted.get(&format!("paper-{code}"))),
            "copies": count(posted.get(&format!("copies-{code}"))),
        })
    };
    let note = Some(posted.get("note").replace("\r\n", "\n")).filter(|note| !note.is_empty());
    let body = json!({"papers": asked.iter().map(paper).collect::<Vec<_>>(), "note": note});
    let path = format!("/api/v1/dossiers/{}{PATH}", record.id);
    let call = official.api().call(Method::POST, &path).made_from(posted.version());
    let sent = call.header("idempotency-key", posted.get("key")).json(&body).send_or_join().await;
    let Err(failure) = sent else { return Ok(official.go(&record.work_address("?done=TAKE_SUPPLEMENT"))) };
    let problem = failure.refused_with(&[400, 409, 412])?;
    if problem.status != 400 && problem.code != INCOMPLETE {
        let seen = posted.get("seen").parse().unwrap_or_default();
        let late = Late { side: Side::Work, kept: typed(&official, &record, &posted, note), seen };
        return moved_on::show(&official, &record, &problem, late).await;
    }
    let mut problem = named(problem, &asked);
    for error in problem.errors.iter_mut().filter(|error| counts_wrongly(error.field(), &posted)) {
        error.detail = official.say("intake-count-wrong");
    }
    let form = Form::of(&posted).refused(&problem);
    official.page_again(TEMPLATE, content(&official, &record, &form)?)
}

/// What was typed, in words: the numbers of each paper, and the note.
fn typed(official: &Official<Receive>, record: &DossierRecord, posted: &Posted, note: Option<String>) -> String {
    let counted = components(record).into_iter().flat_map(|code| {
        [("paper", "intake-originals"), ("copies", "intake-copies")]
            .map(|(field, label)| (format!("{field}-{code}"), label))
    });
    let counted = counted.filter(|(field, _)| !posted.get(field).is_empty());
    let lines = counted.map(|(field, label)| format!("{}: {}", official.say(label), posted.get(&field)));
    lines.chain(note).collect::<Vec<_>>().join("\n")
}

/// The codes of the papers that are asked for.
fn components(record: &DossierRecord) -> Vec<String> {
    let papers = record.open_supplement().and_then(|request| request["papers"].as_array()).into_iter().flatten();
    papers.filter_map(|paper| paper["component"].as_str()).map(ToOwned::to_owned).collect()
}

/// A refusal with the names that the fields have here.
fn named(mut problem: Problem, asked: &[String]) -> Problem {
    for error in &mut problem.errors {
        let parts: Vec<_> = error.pointer.trim_start_matches('/').split('/').collect();
        let field = match parts.as_slice() {
            ["documents", code] => Some(paper_field(code, &[])),
            ["papers", place, rest @ ..] => {
                place.parse::<usize>().ok().and_then(|place| asked.get(place)).map(|code| paper_field(code, rest))
            }
            _ => None,
        };
        if let Some(field) = field {
            error.pointer = format!("/{field}");
        }
    }
    problem
}

fn content(official: &Official<Receive>, record: &DossierRecord, form: &Form) -> Result<Value, Failure> {
    let Some(request) = record.open_supplement() else { return Err(Failure::Elsewhere(record.work_address(""))) };
    let papers = record
        .asked_papers(request)
        .into_iter()
        .map(|(paper, documents)| json!({"paper": paper, "documents": documents, "key": official.new_key()}));
    Ok(json!({
        "dossier": record.shown(),
        "request": request,
        "papers": papers.collect::<Vec<_>>(),
        "here": record.work_address(PATH),
        "dossier_href": record.work_address(""),
        "key": official.new_key(),
        "version": form.kept("version", &record.etag),
        "seen": form.kept("seen", &record.history().len().to_string()),
        "form": form,
    }))
}
