//! Opening a dossier: at which agency.

use std::sync::Arc;

use actix_web::{HttpResponse, web};
use civic::ProcedureCode;
use futures_util::future::try_join_all;
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
    let agencies = found["items"].as_array().cloned().unwrap_or_default();
    Ok(json!({
        "procedure": {"code": code, "name": procedure["name"]},
        "here": here,
        "text": text,
        "agencies": taking(citizen, &code, agencies).await?,
        "next": next,
        "form": form,
        "key": citizen.new_key(),
    }))
}

/// Those of `agencies` that carry the procedure out: each is asked for, since only the API knows.
async fn taking(citizen: &Citizen, code: &ProcedureCode, agencies: Vec<Value>) -> Result<Vec<Value>, Failure> {
    let asked = agencies.iter().map(|agency| {
        let query = Query::default().with("q", Some(code.as_str())).with("agency", agency["code"].as_str());
        let path = query.after("/api/v1/procedures");
        async move { citizen.published(&path).await }
    });
    let answers = try_join_all(asked).await?;
    let takes = |answer: &Arc<Value>| answer["items"].as_array().is_some_and(|items| !items.is_empty());
    Ok(agencies.into_iter().zip(answers).filter(|(_, answer)| takes(answer)).map(|(agency, _)| agency).collect())
}
