//! Pages for officials: what waits at an agency, one dossier, and what is done with it.

mod actions;
mod dossier;
mod list;
mod money;
mod receipts;

use actix_web::web::{ServiceConfig, get, post};

use super::page;

/// Their addresses.
pub(super) fn routes(pages: &mut ServiceConfig) {
    pages
        .service(page("/work").route(get().to(list::home)))
        .service(page("/work/{agency}").route(get().to(list::show)).route(post().to(receipts::receive)))
        .service(page("/work/{agency}/money").route(get().to(money::list)))
        .service(page("/work/{agency}/money/{attempt}").route(get().to(money::show)).route(post().to(money::send)))
        .service(page("/work/{agency}/refunds/{refund}").route(get().to(money::refund)).route(post().to(money::decide)))
        .service(page("/work/dossiers/{id}").route(get().to(dossier::show)))
        .service(page("/work/dossiers/{id}/{action}").route(get().to(actions::show)).route(post().to(actions::send)));
}
