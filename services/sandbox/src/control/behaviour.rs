//! The behaviour of all parties at once: shown, and replaced as a whole.

use actix_web::{HttpResponse, web};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::{MailBehaviour, SmsBehaviour, VnpayBehaviour, state::State};

/// How every party of the sandbox behaves; what is left out behaves well.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Behaviour {
    /// The mail server.
    pub mail: MailBehaviour,
    /// The SMS aggregator.
    pub sms: SmsBehaviour,
    /// The payment provider.
    pub vnpay: VnpayBehaviour,
}

impl Behaviour {
    fn read(body: &[u8]) -> Result<Self, String> {
        let wish: Self = serde_json::from_slice(body).map_err(|error| error.to_string())?;
        wish.mail.check()?;
        wish.sms.check()?;
        wish.vnpay.check()?;
        Ok(wish)
    }
}

pub(crate) async fn show(state: web::Data<State>) -> HttpResponse {
    HttpResponse::Ok().json(state.behaviour())
}

pub(crate) async fn replace(body: web::Bytes, state: web::Data<State>) -> HttpResponse {
    match Behaviour::read(&body) {
        Ok(wish) => {
            state.behaviour.send_replace(wish.clone());
            HttpResponse::Ok().json(wish)
        }
        Err(error) => HttpResponse::BadRequest().json(json!({ "error": error })),
    }
}
