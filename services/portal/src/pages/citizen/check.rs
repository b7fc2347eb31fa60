//! The last look before filing, and the filing.

use actix_web::{HttpResponse, web};
use serde_json::{Value, json};

use crate::{
    failure::{Failure, Problem},
    pages::kinds::{DossierRecord, Step},
    posted::Posted,
    signed_in::Citizen,
};

const TEMPLATE: &str = "citizen/check.html";

/// Shows every answer and paper.
pub(super) async fn show(citizen: Citizen, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    let draft = DossierRecord::draft(&citizen, &id).await?;
    citizen.page(TEMPLATE, content(&draft, None))
}

/// Files the dossier: once, however often this is sent.
pub(super) async fn send(citizen: Citizen, id: web::Path<String>, _sealed: Posted) -> Result<HttpResponse, Failure> {
    let draft = DossierRecord::load(&citizen, &id).await?;
    match file(&citizen, &draft).await {
        Ok(_) => Ok(citizen.go(&draft.address("/slip"))),
        Err(failure) => {
            let problem = failure.refused_with(&[400, 422, 409])?;
            if problem.errors.is_empty() {
                return Err(Failure::Refused(Box::new(problem)));
            }
            citizen.page_again(TEMPLATE, content(&draft, Some(&problem)))
        }
    }
}

/// Files, or gives the receipt of the filing again: the key is the dossier's own, so a second filing is the first one.
pub(super) async fn file(citizen: &Citizen, draft: &DossierRecord) -> Result<Value, Failure> {
    let path = format!("/api/v1/dossiers/{}/submission", draft.id);
    citizen.api().post(&path, Some(&format!("portal-filing-{}", draft.id)), &json!({})).await
}

fn content(draft: &DossierRecord, problem: Option<&Problem>) -> Value {
    let sections = draft.form.pages().iter().enumerate().map(|(index, page)| {
        let href = Step::Form(index + 1).address(draft);
        json!({"title": page.title, "href": href, "rows": page.rows(&draft.dossier["answers"])})
    });
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
        "form": {"summary": errors.collect::<Vec<_>>()},
    })
}
