//! What changed lately in what procedures say, in words.

use actix_web::{HttpResponse, web};
use serde_json::json;

use crate::{
    failure::Failure,
    pages::kinds::{List, ListQuery},
    query::Query,
    visit::Visit,
};

/// Days that are looked back: who comes once a month misses nothing.
const DAYS: &str = "31";

/// Shows it, the newest first.
pub(super) async fn show(visit: Visit, query: web::Query<ListQuery>) -> Result<HttpResponse, Failure> {
    let filter = Query::default().with("days", Some(DAYS));
    let cursor = query.cursor.as_deref();
    let list = List { page: "/procedure-changes", source: "/api/v1/procedure-changes", filter, cursor };
    let found = list.published(&visit).await?;
    visit.page("public/procedure_changes.html", json!({"changes": found.items, "next": found.next}))
}
