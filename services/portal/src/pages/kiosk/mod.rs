//! The end of a visit at a kiosk, and the signs of life until then.

use actix_web::{
    HttpResponse,
    web::{ServiceConfig, get},
};

use super::{account::leave, page};
use crate::{failure::Failure, kiosk, visit::Visit};

/// Their addresses.
pub(super) fn routes(pages: &mut ServiceConfig) {
    pages.service(page(kiosk::END).route(get().to(end))).service(page(kiosk::ALIVE).route(get().to(alive)));
}

/// Ends the visit on the way to the first page. A link is enough, since a page without script can do no more by itself.
async fn end(visit: Visit) -> Result<HttpResponse, Failure> {
    if !visit.kiosk {
        return Ok(visit.go("/"));
    }
    // What cannot be told to Redis ends there by itself; this screen shows nothing of it any more.
    let _ = visit.sign_out().await;
    Ok(leave(&visit))
}

/// Notes that whoever is signed in is still there.
async fn alive(visit: Visit) -> Result<HttpResponse, Failure> {
    match visit.user {
        Some(_) => Ok(HttpResponse::NoContent().finish()),
        None if visit.user_known => Err(Failure::NotSignedIn),
        None => Err(Failure::Unavailable),
    }
}
