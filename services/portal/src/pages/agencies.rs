//! The agencies, found by name.

use actix_web::{HttpResponse, web};
use serde::Deserialize;
use serde_json::json;

use crate::{failure::Failure, query::Query, visit::Visit};

/// What is looked for.
#[derive(Deserialize)]
pub(crate) struct Wanted {
    q: Option<String>,
    cursor: Option<String>,
}

/// Shows what was found.
pub(crate) async fn show(visit: Visit, wanted: web::Query<Wanted>) -> Result<HttpResponse, Failure> {
    let text = wanted.q.as_deref().map(str::trim).unwrap_or_default();
    let query = Query::default().with("q", Some(text));
    let asked = query.clone().with("cursor", wanted.cursor.as_deref());
    let found = visit.published(&asked.after("/api/v1/agencies")).await?;
    let next = found["next"].as_str().map(|cursor| query.with("cursor", Some(cursor)).after("/agencies"));
    visit.page("agencies.html", json!({"text": text, "agencies": found["items"], "next": next}))
}
