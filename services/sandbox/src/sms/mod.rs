//! The SMS aggregator: takes every message over HTTP, delivers none, shows what it took.

pub(crate) mod behaviour;
pub(crate) mod message;
mod send;
pub(crate) mod state;

use actix_web::web;

pub(crate) fn routes(app: &mut web::ServiceConfig) {
    app.route("/MainService.svc/json/SendMultipleMessage_V4_post_json/", web::post().to(send::send));
}
