//! Pages for officials: what waits at an agency, one dossier, and what is done with it.

mod actions;
mod calendar;
mod dossier;
mod list;
mod receipts;

use actix_web::web::{ServiceConfig, get, post};

use super::page;

/// Their addresses.
pub(super) fn routes(pages: &mut ServiceConfig) {
    pages
        .service(page("/work").route(get().to(list::home)))
        .service(page("/work/calendar").route(get().to(calendar::show)).route(post().to(calendar::send)))
        .service(page("/work/{agency}").route(get().to(list::show)).route(post().to(receipts::receive)))
        .service(page("/work/dossiers/{id}").route(get().to(dossier::show)))
        .service(page("/work/dossiers/{id}/{action}").route(get().to(actions::show)).route(post().to(actions::send)));
}
