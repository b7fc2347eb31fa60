//! Pages for everybody: what there is to be had, where, and how a dossier stands.

mod agencies;
mod agency;
mod assets;
mod home;
mod pay;
mod procedure;
mod procedure_changes;
mod procedures;
mod receipt;
mod robots;
mod tracking;

use actix_web::web::{ServiceConfig, get, post};

pub(super) use self::receipt::Receipt;
use super::page;

/// Their addresses.
pub(super) fn routes(pages: &mut ServiceConfig) {
    pages
        .service(page("/assets/{name}").route(get().to(assets::show)))
        .service(page("/robots.txt").route(get().to(robots::show)))
        .service(page("/").route(get().to(home::show)))
        .service(page("/procedures").route(get().to(procedures::show)))
        .service(page("/procedures/{code}").route(get().to(procedure::show)))
        .service(page("/procedure-changes").route(get().to(procedure_changes::show)))
        .service(page("/agencies").route(get().to(agencies::show)))
        .service(page("/agencies/{code}").route(get().to(agency::show)))
        .service(page("/pay/{secret}").route(get().to(pay::show)).route(post().to(pay::send)))
        .service(page("/tracking").route(get().to(tracking::show)).route(post().to(tracking::send)))
        .service(page("/tracking/documents").route(get().to(receipt::form_of)).route(post().to(receipt::add)))
        .service(
            page("/tracking/documents/{document}/removal")
                .route(get().to(receipt::form_of))
                .route(post().to(receipt::remove)),
        )
        .service(page("/tracking/supplement").route(get().to(receipt::form_of)).route(post().to(receipt::answer)))
        .service(page("/tracking/withdrawal").route(get().to(receipt::form_of)).route(post().to(receipt::withdraw)));
}
