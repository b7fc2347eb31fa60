//! Opening a dossier: at which agency.

use actix_web::{HttpResponse, web};
use civic::{AdministrativeLevel, ProcedureCode};
use serde_json::{Value, json};

use crate::{
    failure::Failure,
    form::Form,
    pages::kinds::{List, ListQuery},
    posted::Posted,
    query::Query,
    signed_in::Citizen,
};

const TEMPLATE: &str = "citizen/start.html";

/// Shows the agencies that carry the procedure out.
pub(super) async fn show(
    citizen: Citizen,
    code: web::Path<String>,
    query: web::Query<ListQuery>,
) -> Result<HttpResponse, Failure> {
    let content = content(&citizen, &code, &query, &Form::default()).await?;
    citizen.page(TEMPLATE, content)
}

/// Opens the draft.
pub(super) async fn send(
    citizen: Citizen,
    code: web::Path<String>,
    query: web::Query<ListQuery>,
    posted: Posted,
) -> Result<HttpResponse, Failure> {
    let wish = json!({"procedure": code.as_str(), "agency": posted.get("agency")});
    match citizen.api().post("/api/v1/dossiers", Some(posted.get("key")), &wish).await {
        Ok(dossier) => {
            let id = dossier["id"].as_str().ok_or(Failure::Unavailable)?;
            Ok(citizen.go(&format!("/dossiers/{id}/form/1")))
        }
        Err(failure) => {
            // At as many drafts as there may be, or at an agency that is no more, what was chosen stays, and the page says what to do.
            let problem = failure.refused_with(&[400, 404, 409])?;
            let form = Form::of(&posted).refused(&problem);
            citizen.page_again(TEMPLATE, content(&citizen, &code, &query, &form).await?)
        }
    }
}

async fn content(citizen: &Citizen, code: &str, query: &ListQuery, form: &Form) -> Result<Value, Failure> {
    let code: ProcedureCode = code.parse().map_err(|_| Failure::NotFound)?;
    let here = format!("/procedures/{code}/start");
    let (words, cursor) = (Query::default().with("q", Some(query.words())), query.cursor.as_deref());
    // The form comes back with the same agencies to choose from.
    let sent_to = words.clone().with("cursor", cursor).after(&here);
    // Where nobody receives, nothing can be filed.
    let filter = words.with("receives", Some("true"));
    let list = List { page: &here, source: "/api/v1/agencies", filter, cursor };
    let path = format!("/api/v1/procedures/{code}");
    let (procedure, found) = tokio::try_join!(citizen.published(&path), list.published(citizen))?;
    let items = found.items.as_array().into_iter().flatten();
    let agencies: Vec<_> = items.filter(|agency| carries_out(agency, &procedure)).collect();
    Ok(json!({
        "procedure": {"code": code, "name": procedure["name"]},
        "here": here,
        "sent_to": sent_to,
        "text": query.words(),
        "agencies": agencies,
        "next": found.next,
        "form": form,
        "key": citizen.new_key(),
    }))
}

/// Whether the agency is of a level of government that carries the procedure out.
fn carries_out(agency: &Value, procedure: &Value) -> bool {
    let Some(code) = agency["code"].as_str().and_then(|code| code.parse().ok()) else { return false };
    let level = AdministrativeLevel::of(&code).as_str();
    procedure["levels"].as_array().is_some_and(|levels| levels.iter().any(|it| it == level))
}
