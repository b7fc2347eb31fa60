//! The messages written to who is signed in, whether or not the mail or SMS arrived.

use actix_web::{HttpResponse, web};
use serde::Deserialize;
use serde_json::json;

use crate::{failure::Failure, query::Query, signed_in::SignedIn};

/// Which page of them.
#[derive(Deserialize)]
pub(crate) struct Wanted {
    cursor: Option<String>,
}

/// Shows them, the newest first.
pub(crate) async fn show(visit: SignedIn, wanted: web::Query<Wanted>) -> Result<HttpResponse, Failure> {
    let asked = Query::default().with("cursor", wanted.cursor.as_deref()).after("/api/v1/messages");
    let found = visit.api().get(&asked).await?;
    let next = found["next"].as_str().map(|cursor| Query::default().with("cursor", Some(cursor)).after("/messages"));
    visit.page("messages.html", json!({"messages": found["items"], "next": next}))
}
