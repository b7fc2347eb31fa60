//! Opening a dossier: at which agency.

use actix_web::{HttpResponse, web};
use civic::{AdministrativeLevel, ProcedureCode};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{failure::Failure, form::Form, posted::Posted, query::Query, signed_in::Citizen};

const TEMPLATE: &str = "start.html";

/// Which agencies to choose from.
#[derive(Deserialize)]
pub(crate) struct Wanted {
    q: Option<String>,
    cursor: Option<String>,
}

/// Shows the agencies that carry the procedure out.
pub(crate) async fn show(
    citizen: Citizen,
    code: web::Path<String>,
    wanted: web::Query<Wanted>,
) -> Result<HttpResponse, Failure> {
    let content = content(&citizen, &code, &wanted, &Form::default()).await?;
    citizen.page(TEMPLATE, content)
}

/// Opens the draft.
pub(crate) async fn send(
    citizen: Citizen,
    code: web::Path<String>,
    wanted: web::Query<Wanted>,
    posted: Posted,
) -> Result<HttpResponse, Failure> {
    let wish = json!({"procedure": code.as_str(), "agency": posted.get("agency")});
    match citizen.api().post("/api/v1/dossiers", Some(posted.get("key")), &wish).await {
        Ok(dossier) => {
            let id = dossier["id"].as_str().ok_or(Failure::Unavailable)?;
            Ok(citizen.go(&format!("/dossiers/{id}/form/1")))
        }
        Err(failure) => {
            let problem = failure.refused_with(&[400])?;
            let form = Form::of(&posted).refused(&problem);
            citizen.page_again(TEMPLATE, content(&citizen, &code, &wanted, &form).await?)
        }
    }
}

async fn content(citizen: &Citizen, code: &str, wanted: &Wanted, form: &Form) -> Result<Value, Failure> {
    let code: ProcedureCode = code.parse().map_err(|_| Failure::NotFound)?;
    let here = format!("/procedures/{code}/start");
    let text = wanted.q.as_deref().map(str::trim).unwrap_or_default();
    let query = Query::default().with("q", Some(text));
    let asked = query.clone().with("cursor", wanted.cursor.as_deref()).after("/api/v1/agencies");
    let path = format!("/api/v1/procedures/{code}");
    let (procedure, found) = tokio::try_join!(citizen.published(&path), citizen.published(&asked))?;
    let next = found["next"].as_str().map(|cursor| query.with("cursor", Some(cursor)).after(&here));
    let items = found["items"].as_array().into_iter().flatten();
    let agencies: Vec<_> = items.filter(|agency| carries_out(agency, &procedure)).collect();
    Ok(json!({
        "procedure": {"code": code, "name": procedure["name"]},
        "here": here,
        "text": text,
        "agencies": agencies,
        "next": next,
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
