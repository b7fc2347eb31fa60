//! The merchant's own site at the provider, reduced to its one setting: where to be notified.

use actix_web::{HttpResponse, web};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{notice, state::State};

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Registration {
    /// `null` ends the registration.
    ipn_url: Option<String>,
}

pub(crate) async fn register(body: web::Bytes, state: web::Data<State>) -> HttpResponse {
    let target = serde_json::from_slice::<Registration>(&body)
        .map_err(|error| error.to_string())
        .and_then(|wish| wish.ipn_url.as_deref().map(notice::parse_target).transpose());
    match target {
        Ok(target) => {
            let shown = target.as_ref().map(ToString::to_string);
            state.ipn_url.send_replace(target);
            HttpResponse::Ok().json(Registration { ipn_url: shown })
        }
        Err(error) => HttpResponse::BadRequest().json(json!({ "error": error })),
    }
}
