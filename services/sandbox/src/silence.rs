//! Silence: a client that is told nothing.

use std::time::Duration;

use actix_web::HttpResponse;

/// Longer than any client of ours waits.
const SILENCE: Duration = Duration::from_secs(600);

/// Leaves the client without an answer for as long as it is likely to wait.
pub(crate) async fn stay_silent() -> HttpResponse {
    tokio::time::sleep(SILENCE).await;
    HttpResponse::GatewayTimeout().finish()
}
