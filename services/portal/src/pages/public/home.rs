//! The first page: search, and ways to browse.

use actix_web::HttpResponse;
use serde_json::json;

use crate::{failure::Failure, visit::Visit};

/// Shows it.
pub(super) async fn show(visit: Visit) -> Result<HttpResponse, Failure> {
    let catalogue = visit.published("/api/v1/catalogue").await?;
    visit.page("public/home.html", json!({"catalogue": *catalogue}))
}
