//! Pages for a citizen: filing a dossier step by step, paying, and following what is one's own.

mod actions;
mod answers;
mod check;
mod discard;
mod documents;
mod dossier;
mod dossiers;
mod payment;
mod payment_links;
mod payments;
mod payments_together;
mod return_way;
mod slip;
mod start;
mod supplement;

use actix_web::web::{ServiceConfig, get, post};

use super::page;

/// Their addresses.
pub(super) fn routes(pages: &mut ServiceConfig) {
    pages
        .service(page("/procedures/{code}/start").route(get().to(start::show)).route(post().to(start::send)))
        .service(page("/dossiers").route(get().to(dossiers::show)))
        .service(page("/dossiers/{id}").route(get().to(dossier::show)))
        .service(page("/dossiers/{id}/removal").route(get().to(discard::show)).route(post().to(discard::send)))
        .service(page("/dossiers/{id}/form/{page}").route(get().to(answers::show)).route(post().to(answers::send)))
        .service(page("/dossiers/{id}/documents").route(get().to(documents::show)).route(post().to(documents::send)))
        .service(
            page("/dossiers/{id}/documents/{document}/removal")
                .route(get().to(documents::list_of))
                .route(post().to(documents::remove)),
        )
        .service(page("/dossiers/{id}/check").route(get().to(check::show)).route(post().to(check::send)))
        .service(
            page("/dossiers/{id}/withdrawal")
                .route(get().to(actions::ask_withdrawal))
                .route(post().to(actions::withdraw)),
        )
        .service(
            page("/dossiers/{id}/return-way")
                .route(get().to(actions::ask_return_way))
                .route(post().to(actions::choose_return_way)),
        )
        .service(
            page("/dossiers/{id}/draft-answer")
                .route(get().to(actions::ask_draft_answer))
                .route(post().to(actions::answer_draft)),
        )
        .service(
            page("/dossiers/{id}/supplement")
                .route(get().to(supplement::show))
                .route(post().to(actions::answer_supplement)),
        )
        .service(
            page("/dossiers/{id}/supplement/documents")
                .route(get().to(supplement::form_of))
                .route(post().to(supplement::add)),
        )
        .service(
            page("/dossiers/{id}/supplement/documents/{document}/removal")
                .route(get().to(supplement::form_of))
                .route(post().to(supplement::remove)),
        )
        .service(page("/dossiers/{id}/slip").route(get().to(slip::show)))
        .service(page("/dossiers/{id}/payment").route(get().to(payment::show)).route(post().to(payment::send)))
        .service(page("/dossiers/{id}/payment/links").route(post().to(payment_links::make)))
        .service(page("/dossiers/{id}/payment/links/{link}/removal").route(post().to(payment_links::revoke)))
        .service(page("/payments").route(get().to(payments::show)))
        .service(
            page("/payments/together")
                .route(get().to(payments_together::show))
                .route(post().to(payments_together::send)),
        )
        .service(page("/payments/together/{id}").route(get().to(payments_together::state)))
        .service(page("/receipts/{id}/document").route(get().to(payments::receipt)))
        .service(page("/payment-return").route(get().to(payment::come_back)));
}
