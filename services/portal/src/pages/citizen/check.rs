//! The last look before filing, and the filing.

use std::collections::BTreeMap;

use actix_web::{HttpResponse, web};
use reqwest::Method;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::{
    failure::{Failure, Problem},
    pages::kinds::{DossierRecord, Step},
    posted::Posted,
    signed_in::Citizen,
};

const TEMPLATE: &str = "citizen/check.html";
/// Before the id of a paper, among the names of answers.
const PAPER: &str = "paper:";

/// Shows every answer and paper.
pub(super) async fn show(citizen: Citizen, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    let draft = DossierRecord::draft(&citizen, &id).await?;
    citizen.page(TEMPLATE, content(&draft, None))
}

/// Files the dossier as it was looked at: once, however often this is sent. What changed since is shown first.
pub(super) async fn send(citizen: Citizen, id: web::Path<String>, posted: Posted) -> Result<HttpResponse, Failure> {
    let draft = DossierRecord::load(&citizen, &id).await?;
    match file(&citizen, &draft, posted.version()).await {
        Ok(_) => Ok(citizen.go(&draft.address("/slip"))),
        Err(failure) => {
            let problem = failure.refused_with(&[400, 422, 409, 412])?;
            if problem.status == 412 {
                let changed = changed_since(
                    &draft,
                    posted.get("seen"),
                    (&citizen.say("check-changed"), &citizen.say("documents-title")),
                );
                return citizen.page_again(TEMPLATE, content_with(&draft, changed));
            }
            if problem.errors.is_empty() {
                return Err(Failure::Refused(Box::new(problem)));
            }
            citizen.page_again(TEMPLATE, content(&draft, Some(&problem)))
        }
    }
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

/// A line for each answer that is another than on the page that was looked at, and one for the papers.
fn changed_since(draft: &DossierRecord, seen: &str, told: (&str, &str)) -> Vec<Value> {
    let pairs = seen.split_whitespace().filter_map(|pair| pair.split_once('='));
    let seen: BTreeMap<_, _> = pairs.map(|(name, digest)| (name.to_owned(), digest.to_owned())).collect();
    let now = digests(draft);
    let mut lines = vec![json!({"href": null, "field": null, "text": told.0})];
    for (number, page) in (1..).zip(draft.form.pages()) {
        let changed = page.fields.iter().filter(|field| seen.get(&field.name) != now.get(&field.name));
        lines.extend(changed.map(|field| {
            let href = format!("{}#{}", Step::Form(number).address(draft), field.name);
            json!({"href": href, "field": null, "text": field.label})
        }));
    }
    let papers = |of: &BTreeMap<String, String>| of.keys().filter(|name| name.starts_with(PAPER)).cloned().collect();
    let (before, after): (Vec<String>, Vec<String>) = (papers(&seen), papers(&now));
    if before != after {
        lines.push(json!({"href": Step::Papers.address(draft), "field": null, "text": told.1}));
    }
    lines
}

fn content(draft: &DossierRecord, problem: Option<&Problem>) -> Value {
    let errors = problem.into_iter().flat_map(|problem| &problem.errors).map(|error| {
        let name = error.pointer.rsplit('/').next().unwrap_or_default();
        let page = draft.form.page_of(name).filter(|_| error.pointer.starts_with("/answers/"));
        let label = page.and_then(|page| draft.form.page(page)?.fields.iter().find(|field| field.name == name));
        let label = label.map(|field| format!("{}: ", field.label)).unwrap_or_default();
        let href = match page {
            Some(page) => format!("{}#{name}", Step::Form(page).address(draft)),
            None => Step::Papers.address(draft),
        };
        json!({"href": href, "field": null, "text": format!("{label}{}", error.detail)})
    });
    content_with(draft, errors.collect())
}

fn content_with(draft: &DossierRecord, summary: Vec<Value>) -> Value {
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
        "seen": digests(draft).into_iter().map(|(name, digest)| format!("{name}={digest}")).collect::<Vec<_>>().join(" "),
        "form": {"summary": summary},
    })
}
