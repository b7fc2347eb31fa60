//! Following a dossier by its code and secret, without signing in.
//!
//! The form is answered by the page itself, not by a way to it: nothing is changed by asking, and an address with the secret
//! would stay in the history of a browser that many use. The QR code on the slip has both behind `#`, which no server and no log
//! sees; the page's script puts them into the form. Slips from before have them in the query.

use actix_web::{HttpResponse, web};
use serde::Deserialize;
use serde_json::json;

use super::receipt::Receipt;
use crate::{failure::Failure, form::Form, posted::Posted, visit::Visit};

pub(super) const TEMPLATE: &str = "public/tracking.html";

/// What a slip from before says.
#[derive(Deserialize)]
pub(super) struct TrackingQuery {
    code: Option<String>,
    secret: Option<String>,
}

/// Shows the form, or what the address of a slip from before asks for.
pub(super) async fn show(visit: Visit, query: web::Query<TrackingQuery>) -> Result<HttpResponse, Failure> {
    match (query.code.as_deref(), query.secret.as_deref()) {
        (Some(code), Some(secret)) => track(&visit, code.trim(), secret.trim()).await,
        (code, _) => {
            let form = json!({"values": {"code": code.unwrap_or_default()}, "errors": {}, "summary": []});
            visit.page(TEMPLATE, json!({"form": form, "dossier": null}))
        }
    }
}

/// Shows where the dossier stands.
pub(super) async fn send(visit: Visit, posted: Posted) -> Result<HttpResponse, Failure> {
    track(&visit, posted.get("code"), posted.get("secret")).await
}

/// Shows where the dossier of a receipt stands, or the form with what is wrong.
pub(super) async fn track(visit: &Visit, code: &str, secret: &str) -> Result<HttpResponse, Failure> {
    let receipt = Receipt::new(code, secret);
    match receipt.read(visit).await {
        Ok(dossier) => visit.page(TEMPLATE, receipt.content(visit, &dossier, &Form::default())),
        Err(failure) => {
            let problem = failure.refused_with(&[400, 404])?;
            let mut form = Form::with(vec![("code".to_owned(), code.to_owned())]);
            for error in &problem.errors {
                let typed = if error.field() == "code" { code } else { secret };
                let text = if typed.is_empty() { visit.say("field-required") } else { error.detail.clone() };
                form.fault(error.field(), &text);
            }
            if problem.errors.is_empty() {
                form.fault("code", &problem.title);
            }
            visit.page_again(TEMPLATE, json!({"form": form, "dossier": null}))
        }
    }
}
