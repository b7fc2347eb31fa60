//! Following a dossier by its code and secret, without signing in.
//!
//! The form is answered by the page itself, not by a way to it: nothing is changed by asking, and an address with the secret
//! would stay in the history of a browser that many use. The QR code on the slip has both behind `#`, which no server and no log
//! sees; the page's script puts them into the form. Slips from before have them in the query.

use actix_web::{HttpResponse, web};
use serde::Deserialize;
use serde_json::json;

use super::receipt::{Receipt, TEMPLATE};
use crate::{failure::Failure, posted::Posted, visit::Visit};

/// What a slip from before says.
#[derive(Deserialize)]
pub(super) struct TrackingQuery {
    code: Option<String>,
    secret: Option<String>,
}

/// Shows the form, or what the address of a slip from before asks for.
pub(super) async fn show(visit: Visit, query: web::Query<TrackingQuery>) -> Result<HttpResponse, Failure> {
    match (query.code.as_deref(), query.secret.as_deref()) {
        (Some(code), Some(secret)) => Receipt::new(code.trim(), secret.trim()).show(&visit).await,
        (code, _) => {
            let form = json!({"values": {"code": code.unwrap_or_default()}, "errors": {}, "summary": []});
            visit.page(TEMPLATE, json!({"form": form, "dossier": null}))
        }
    }
}

/// Shows where the dossier stands.
pub(super) async fn send(visit: Visit, posted: Posted) -> Result<HttpResponse, Failure> {
    Receipt::new(posted.get("code"), posted.get("secret")).show(&visit).await
}
