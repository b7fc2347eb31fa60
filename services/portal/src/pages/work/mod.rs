//! Pages for officials: what waits at an agency, one dossier, and what is done with it.

mod actions;
mod cancel_consultation;
mod consultations;
mod dossier;
mod list;
mod receipts;

use actix_web::web::{ServiceConfig, get, post};

use super::page;

/// Their addresses.
pub(super) fn routes(pages: &mut ServiceConfig) {
    pages
        .service(page("/work").route(get().to(list::home)))
        .service(page("/work/consultations").route(get().to(consultations::list)))
        .service(
            page("/work/consultations/{id}/{number}")
                .route(get().to(consultations::show))
                .route(post().to(consultations::answer)),
        )
        .service(page("/work/consultations/{id}/{number}/files/{file}").route(get().to(consultations::download)))
        .service(page("/work/{agency}").route(get().to(list::show)).route(post().to(receipts::receive)))
        .service(page("/work/dossiers/{id}").route(get().to(dossier::show)))
        .service(
            page("/work/dossiers/{id}/consultations/{number}")
                .route(get().to(cancel_consultation::show))
                .route(post().to(cancel_consultation::send)),
        )
        .service(page("/work/dossiers/{id}/{action}").route(get().to(actions::show)).route(post().to(actions::send)));
}
