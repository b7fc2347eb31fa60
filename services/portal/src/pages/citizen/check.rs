//! The last look before filing, and the filing: with how the result is wanted.

use std::collections::BTreeMap;

use actix_web::{HttpResponse, web};
use reqwest::Method;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::return_way;
use crate::{
    failure::{Failure, FieldError, Problem},
    form::Form,
    pages::kinds::{DossierRecord, Step},
    posted::Posted,
    signed_in::Citizen,
};

const TEMPLATE: &str = "citizen/check.html";
/// Before the id of a paper, among the names of answers.
const PAPER: &str = "paper:";
/// What the API says of a draft that changed while it was being filed.
const MOVED: &str = "changed-meanwhile";
/// How often a form is tried that was sent twice: the first may have noted just now how the result is wanted.
const TRIES: usize = 3;

/// Shows every answer and paper.
pub(super) async fn show(citizen: Citizen, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    let draft = DossierRecord::draft(&citizen, &id).await?;
    citizen.page(TEMPLATE, content(&draft, &Form::with(return_way::begun(&draft.dossier))))
}

/// Files the dossier as it was looked at: once, however often this is sent. What changed since is shown first.
pub(super) async fn send(citizen: Citizen, id: web::Path<String>, posted: Posted) -> Result<HttpResponse, Failure> {
    let mut tries = 1;
    loop {
        let draft = DossierRecord::load(&citizen, &id).await?;
        let failure = match choose_and_file(&citizen, &draft, &posted).await {
            Ok(()) => return Ok(citizen.go(&draft.address("/slip"))),
            Err(failure) => failure,
        };
        let problem = failure.refused_with(&[400, 422, 409, 412])?;
        let moved = problem.status == 412 || problem.code == MOVED;
        if moved && is_as_seen(&draft, &posted) && tries < TRIES {
            tries += 1;
            continue;
        }
        let form = match problem.status {
            412 => changed_since(&citizen, &draft, &posted),
            _ if problem.errors.is_empty() => return Err(Failure::Refused(Box::new(problem))),
            _ => refused(&draft, &posted, &problem),
        };
        return citizen.page_again(TEMPLATE, content(&draft, &form));
    }
}

/// Notes how the result is wanted, if that is another way than so far, and files the draft.
async fn choose_and_file(citizen: &Citizen, draft: &DossierRecord, posted: &Posted) -> Result<(), Failure> {
    let as_seen = is_as_seen(draft, posted).then(|| draft.etag.clone());
    let version = as_seen.or_else(|| posted.version().map(ToOwned::to_owned));
    let version = match return_way::chosen(&draft.dossier, posted).filter(|_| draft.is_draft()) {
        Some(choice) => return_way::choose(citizen, draft, version.as_deref(), &choice).await?,
        None => version,
    };
    file(citizen, draft, version.as_deref()).await.map(drop)
}

/// Files, or gives the receipt of the filing again: the key is the dossier's own, so a second filing is the first one.
pub(super) async fn file(citizen: &Citizen, draft: &DossierRecord, version: Option<&str>) -> Result<Value, Failure> {
    let path = format!("/api/v1/dossiers/{}/submission", draft.id);
    let call =
        citizen.api().call(Method::POST, &path).header("idempotency-key", &format!("portal-filing-{}", draft.id));
    Ok(call.made_from(version).json(&json!({})).send().await?.json)
}

/// What stands on the page, each answer and paper by a digest: the page that was looked at is known by it.
fn digests(draft: &DossierRecord) -> BTreeMap<String, String> {
    let digest = |text: &str| hex::encode(&Sha256::digest(text)[..6]);
    let answers = draft.answers().into_iter().map(|(name, answer)| (name, digest(&answer.to_string())));
    let papers = draft.dossier["documents"].as_array().into_iter().flatten();
    let papers = papers.map(|paper| (format!("{PAPER}{}", paper["id"].as_str().unwrap_or_default()), String::new()));
    answers.chain(papers).collect()
}

/// The digests as a form carries them.
fn seen(draft: &DossierRecord) -> String {
    digests(draft).into_iter().map(|(name, digest)| format!("{name}={digest}")).collect::<Vec<_>>().join(" ")
}

/// Whether every answer and paper is as on the page that was looked at.
fn is_as_seen(draft: &DossierRecord, posted: &Posted) -> bool {
    posted.get("seen") == seen(draft)
}

/// The form with a line for each answer that is another than on the page that was looked at, and one for the papers.
fn changed_since(citizen: &Citizen, draft: &DossierRecord, posted: &Posted) -> Form {
    let pairs = posted.get("seen").split_whitespace().filter_map(|pair| pair.split_once('='));
    let seen: BTreeMap<_, _> = pairs.map(|(name, digest)| (name.to_owned(), digest.to_owned())).collect();
    let now = digests(draft);
    let mut form = Form::of(posted);
    form.fault_of_all(&citizen.say("check-changed"));
    for (number, page) in (1..).zip(draft.form.pages()) {
        for field in page.fields.iter().filter(|field| seen.get(&field.name) != now.get(&field.name)) {
            let href = format!("{}#{}", Step::Form(number).address(draft), field.name);
            form.fault_elsewhere(href, field.label.clone());
        }
    }
    let papers = |of: &BTreeMap<String, String>| of.keys().filter(|name| name.starts_with(PAPER)).cloned().collect();
    let (before, after): (Vec<String>, Vec<String>) = (papers(&seen), papers(&now));
    if before != after {
        form.fault_elsewhere(Step::Papers.address(draft), citizen.say("documents-title"));
    }
    form
}

/// The form with what is wrong: beside its own fields, or where answers and papers are changed.
fn refused(draft: &DossierRecord, posted: &Posted, problem: &Problem) -> Form {
    let mut form = Form::of(posted);
    for error in &problem.errors {
        if return_way::FIELDS.contains(&error.field()) {
            form.fault(error.field(), &error.detail);
        } else {
            let (href, text) = elsewhere(draft, error);
            form.fault_elsewhere(href, text);
        }
    }
    form
}

fn elsewhere(draft: &DossierRecord, error: &FieldError) -> (String, String) {
    let name = error.pointer.rsplit('/').next().unwrap_or_default();
    let page = draft.form.page_of(name).filter(|_| error.pointer.starts_with("/answers/"));
    let label = page.and_then(|page| draft.form.page(page)?.fields.iter().find(|field| field.name == name));
    let label = label.map(|field| format!("{}: ", field.label)).unwrap_or_default();
    let href = match page {
        Some(page) => format!("{}#{name}", Step::Form(page).address(draft)),
        None => Step::Papers.address(draft),
    };
    (href, format!("{label}{}", error.detail))
}

fn content(draft: &DossierRecord, form: &Form) -> Value {
    let sections = draft.form.pages().iter().enumerate().map(|(index, page)| {
        let href = Step::Form(index + 1).address(draft);
        json!({"title": page.title, "href": href, "rows": page.rows(&draft.dossier["answers"])})
    });
    let on_filing = &draft.dossier["on_filing"];
    let may_cost = || draft.procedure["fee_rules"].as_array().is_some_and(|rules| !rules.is_empty());
    json!({
        "procedure_name": draft.procedure["name"],
        "agency_name": draft.dossier["agency"]["name"],
        "here": Step::Check.address(draft),
        "before": Step::Check.back(draft),
        "documents_href": Step::Papers.address(draft),
        "sections": sections.collect::<Vec<_>>(),
        "has_papers": draft.asks_papers(),
        "documents": draft.documents(),
        "on_filing": on_filing,
        "has_fee": if on_filing.is_object() { on_filing["fee_total"].is_object() } else { may_cost() },
        "version": draft.etag,
        "seen": seen(draft),
        "form": form,
    })
}
