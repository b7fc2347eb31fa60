//! The messages written to who is signed in, whether or not the mail or SMS arrived.

use actix_web::{HttpResponse, web};
use reqwest::Method;
use serde_json::json;

use crate::{
    failure::Failure,
    pages::kinds::{List, ListQuery},
    posted::Posted,
    query::Query,
    signed_in::SignedIn,
};

/// Shows them, the newest first.
pub(super) async fn show(visit: SignedIn, query: web::Query<ListQuery>) -> Result<HttpResponse, Failure> {
    let (filter, cursor) = (Query::default(), query.cursor.as_deref());
    let list = List { page: "/messages", source: "/api/v1/messages", filter, cursor };
    let found = list.own(&visit).await?;
    let unread = found.items.as_array().into_iter().flatten().any(|message| message["read"] == false);
    // The first is the newest: what comes while she reads is not read yet.
    let until = &found.items[0]["created_at"];
    let content = json!({"messages": found.items, "next": found.next, "unread": unread, "until": until});
    visit.page("account/messages.html", content)
}

/// Marks what was shown, and what is older, as read.
pub(super) async fn read(visit: SignedIn, posted: Posted) -> Result<HttpResponse, Failure> {
    let until = json!({"until": posted.get("until")});
    visit.api().call(Method::PUT, "/api/v1/messages/reading").json(&until).send().await?;
    Ok(visit.go("/messages"))
}
