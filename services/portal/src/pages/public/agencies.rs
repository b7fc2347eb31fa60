//! The agencies, found by name.

use actix_web::{HttpResponse, web};
use serde_json::json;

use crate::{
    failure::Failure,
    pages::kinds::{List, ListQuery},
    query::Query,
    visit::Visit,
};

/// Shows what was found.
pub(super) async fn show(visit: Visit, query: web::Query<ListQuery>) -> Result<HttpResponse, Failure> {
    let (filter, cursor) = (Query::default().with("q", Some(query.words())), query.cursor.as_deref());
    let list = List { page: "/agencies", source: "/api/v1/agencies", filter, cursor };
    let found = list.published(&visit).await?;
    visit.page("public/agencies.html", json!({"text": query.words(), "agencies": found.items, "next": found.next}))
}
