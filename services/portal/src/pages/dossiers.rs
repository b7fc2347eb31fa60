//! A citizen's own dossiers.

use actix_web::{HttpResponse, web};
use serde::Deserialize;
use serde_json::json;

use crate::{failure::Failure, query::Query, signed_in::Citizen};

/// Which page of them.
#[derive(Deserialize)]
pub(crate) struct Wanted {
    cursor: Option<String>,
}

/// Shows them, the newest first.
pub(crate) async fn show(citizen: Citizen, wanted: web::Query<Wanted>) -> Result<HttpResponse, Failure> {
    let asked = Query::default().with("cursor", wanted.cursor.as_deref()).after("/api/v1/dossiers");
    let found = citizen.api().get(&asked).await?;
    let next = found["next"].as_str().map(|cursor| Query::default().with("cursor", Some(cursor)).after("/dossiers"));
    citizen.page("dossiers.html", json!({"dossiers": found["items"], "next": next}))
}
