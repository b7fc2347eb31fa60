//! The behaviour of all parties at once: shown, and replaced as a whole.

use actix_web::{HttpResponse, web};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::{MailBehaviour, SmsBehaviour, VnpayBehaviour, world::World};

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

pub(crate) async fn show(world: web::Data<World>) -> HttpResponse {
    HttpResponse::Ok().json(world.behaviour())
}

pub(crate) async fn replace(body: web::Bytes, world: web::Data<World>) -> HttpResponse {
    match Behaviour::read(&body) {
        Ok(wish) => {
            world.behaviour.send_replace(wish.clone());
            HttpResponse::Ok().json(wish)
        }
        Err(error) => HttpResponse::BadRequest().json(json!({ "error": error })),
    }
}
