//! A citizen's own dossiers.

use actix_web::{HttpResponse, web};
use serde_json::json;

use crate::{
    failure::Failure,
    pages::kinds::{List, ListQuery},
    query::Query,
    signed_in::Citizen,
};

/// Shows them, the newest first.
pub(super) async fn show(citizen: Citizen, query: web::Query<ListQuery>) -> Result<HttpResponse, Failure> {
    let (filter, cursor) = (Query::default(), query.cursor.as_deref());
    let list = List { page: "/dossiers", source: "/api/v1/dossiers", filter, cursor };
    let found = list.own(&citizen).await?;
    citizen.page("citizen/dossiers.html", json!({"dossiers": found.items, "next": found.next}))
}
