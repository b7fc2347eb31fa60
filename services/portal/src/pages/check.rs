//! The last look before filing, and the filing.

use actix_web::{HttpResponse, web};
use serde_json::{Value, json};

use super::{dossier::documents, opened::Opened};
use crate::{api::Problem, failure::Failure, posted::Posted, signed_in::Citizen};

const TEMPLATE: &str = "check.html";

/// Shows every answer and paper.
pub(crate) async fn show(citizen: Citizen, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    let opened = Opened::load(&citizen, &id).await?;
    if !opened.is_draft() {
        return Ok(opened.go(&citizen));
    }
    citizen.page(TEMPLATE, content(&opened, None))
}

/// Files the dossier: once, however often this is sent.
pub(crate) async fn send(citizen: Citizen, id: web::Path<String>, _sealed: Posted) -> Result<HttpResponse, Failure> {
    let opened = Opened::load(&citizen, &id).await?;
    match file(&citizen, &opened).await {
        Ok(_) => Ok(citizen.go(&opened.address("/slip"))),
        Err(failure) => {
            let problem = failure.refused_with(&[400, 422, 409])?;
            if problem.errors.is_empty() {
                return Err(Failure::Refused(Box::new(problem)));
            }
            citizen.page_again(TEMPLATE, content(&opened, Some(&problem)))
        }
    }
}

/// Files, or gives the receipt of the filing again: the key is the dossier's own, so a second filing is the first one.
pub(super) async fn file(citizen: &Citizen, opened: &Opened) -> Result<Value, Failure> {
    let path = format!("/api/v1/dossiers/{}/submission", opened.id);
    citizen.api().post(&path, Some(&format!("portal-filing-{}", opened.id)), &json!({})).await
}

fn content(opened: &Opened, problem: Option<&Problem>) -> Value {
    let sections = opened.form.pages().iter().enumerate().map(|(index, page)| {
        let href = opened.address(&format!("/form/{}", index + 1));
        json!({"title": page.title, "href": href, "lines": page.lines(&opened.dossier["answers"])})
    });
    let errors = problem.into_iter().flat_map(|problem| &problem.errors).map(|error| {
        let name = error.pointer.rsplit('/').next().unwrap_or_default();
        let page = opened.form.page_of(name).filter(|_| error.pointer.starts_with("/answers/"));
        let label = page.and_then(|page| opened.form.page(page)?.fields.iter().find(|field| field.name == name));
        let label = label.map(|field| format!("{}: ", field.label)).unwrap_or_default();
        let href = match page {
            Some(page) => opened.address(&format!("/form/{page}#{name}")),
            None => opened.address("/documents"),
        };
        json!({"href": href, "field": null, "text": format!("{label}{}", error.detail)})
    });
    json!({
        "procedure_name": opened.procedure["name"],
        "agency_name": opened.dossier["agency"]["name"],
        "here": opened.address("/check"),
        "before": opened.address(""),
        "documents_href": opened.address("/documents"),
        "sections": sections.collect::<Vec<_>>(),
        "has_papers": opened.asks_papers(),
        "documents": documents(opened),
        "has_fee": opened.procedure["fee_rules"].as_array().is_some_and(|rules| !rules.is_empty()),
        "form": {"summary": errors.collect::<Vec<_>>()},
    })
}
