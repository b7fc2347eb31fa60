//! The messages written to who is signed in, whether or not the mail or SMS arrived.

use actix_web::{HttpResponse, web};
use serde_json::json;

use crate::{
    failure::Failure,
    pages::kinds::{List, ListQuery},
    query::Query,
    signed_in::SignedIn,
};

/// Shows them, the newest first.
pub(super) async fn show(visit: SignedIn, query: web::Query<ListQuery>) -> Result<HttpResponse, Failure> {
    let (filter, cursor) = (Query::default(), query.cursor.as_deref());
    let list = List { page: "/messages", source: "/api/v1/messages", filter, cursor };
    let found = list.own(&visit).await?;
    visit.page("account/messages.html", json!({"messages": found.items, "next": found.next}))
}
