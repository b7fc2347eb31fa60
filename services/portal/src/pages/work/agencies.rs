//! Where an official begins: the agencies where there is work.

use actix_web::HttpResponse;
use edge::Work;
use futures_util::future::try_join_all;
use serde_json::{Value, json};

use crate::{failure::Failure, official::Official};

/// Shows them, or the work of the only one.
pub(super) async fn show(official: Official<Work>) -> Result<HttpResponse, Failure> {
    if let [only] = official.agencies.as_slice() {
        return Ok(official.go(&format!("/work/{only}")));
    }
    let paths: Vec<_> = official.agencies.iter().map(|code| format!("/api/v1/agencies/{code}")).collect();
    let agencies = try_join_all(paths.iter().map(|path| official.published(path))).await?;
    let agencies: Vec<&Value> = agencies.iter().map(|agency| &**agency).collect();
    official.page("work/agencies.html", json!({"agencies": agencies}))
}
