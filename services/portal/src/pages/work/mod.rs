//! Pages for officials: what waits at an agency, one dossier, and what is done with it.

mod actions;
mod books;
mod bulk;
mod calendar;
mod cancel_consultation;
mod citizen_number;
mod consultations;
mod contact;
mod dossier;
mod figures;
mod given_up;
mod intake;
mod leaves;
mod list;
mod money;
mod notes;
mod phrases;
mod post;
mod print;
mod procedure_draft;
mod procedures;
mod receipt;
mod register;
mod remove_result;
mod stuck;
mod take_supplement;
mod ticked;
mod till;
mod waivers;

use actix_web::web::{ServiceConfig, get, post};

use super::page;

/// Their addresses.
pub(super) fn routes(pages: &mut ServiceConfig) {
    pages
        .service(page("/work").route(get().to(list::home)))
        .service(page("/work/contact").route(get().to(contact::show)).route(post().to(contact::send)))
        .service(page("/work/calendar").route(get().to(calendar::show)).route(post().to(calendar::send)))
        .service(
            page("/work/citizen-number").route(get().to(citizen_number::show)).route(post().to(citizen_number::send)),
        )
        .service(page("/work/procedures").route(get().to(procedures::list)))
        .service(page("/work/procedures/new").route(get().to(procedures::ask)).route(post().to(procedures::begin)))
        .service(
            page("/work/procedures/drafts/{id}")
                .route(get().to(procedure_draft::show))
                .route(post().to(procedure_draft::send)),
        )
        .service(page("/work/procedures/drafts/{id}/preview").route(get().to(procedure_draft::preview)))
        .service(page("/work/consultations").route(get().to(consultations::list)))
        .service(
            page("/work/consultations/{id}/{number}")
                .route(get().to(consultations::show))
                .route(post().to(consultations::answer)),
        )
        .service(page("/work/consultations/{id}/{number}/files/{file}").route(get().to(consultations::download)))
        .service(page("/work/{agency}/books").route(get().to(books::desk)).route(post().to(books::load)))
        .service(
            page("/work/{agency}/differences/{difference}")
                .route(get().to(books::difference))
                .route(post().to(books::end)),
        )
        .service(page("/work/{agency}/days/{day}").route(get().to(books::day)).route(post().to(books::sign)))
        .service(page("/work/{agency}/figures").route(get().to(figures::show)))
        .service(page("/work/{agency}/transfers").route(get().to(figures::transfers)))
        .service(page("/work/{agency}/transfers.xlsx").route(get().to(figures::spreadsheet)))
        .service(page("/work/{agency}/intake").route(get().to(intake::choose)))
        .service(
            page("/work/{agency}/intake/dossiers/{id}")
                .route(get().to(intake::show_scans))
                .route(post().to(intake::add_scan)),
        )
        .service(page("/work/{agency}/intake/taken").route(get().to(intake::taken)))
        .service(page("/work/{agency}/intake/{procedure}").route(get().to(intake::show)).route(post().to(intake::send)))
        .service(page("/work/{agency}/money").route(get().to(money::list)))
        .service(page("/work/{agency}/till").route(get().to(till::show)))
        .service(page("/work/{agency}/till/opening").route(get().to(till::ask_opening)).route(post().to(till::open)))
        .service(page("/work/{agency}/till/closure").route(get().to(till::ask_closure)).route(post().to(till::close)))
        .service(
            page("/work/{agency}/till/{code}/{order}").route(get().to(till::ask_taking)).route(post().to(till::take)),
        )
        .service(
            page("/work/{agency}/till/{code}/{order}/waiver")
                .route(get().to(waivers::show))
                .route(post().to(waivers::send)),
        )
        .service(
            page("/work/{agency}/takings/{taking}").route(get().to(till::ask_reversal)).route(post().to(till::reverse)),
        )
        .service(
            page("/work/{agency}/receipts/{receipt}").route(get().to(receipt::show)).route(post().to(receipt::send)),
        )
        .service(page("/work/{agency}/shifts").route(get().to(till::shifts)))
        .service(page("/work/{agency}/shifts/{shift}").route(get().to(till::shift)))
        .service(page("/work/{agency}/money/{attempt}").route(get().to(money::show)).route(post().to(money::send)))
        .service(page("/work/{agency}/refunds/{refund}").route(get().to(money::refund)).route(post().to(money::decide)))
        .service(
            page("/work/{agency}/waivers/{waiver}").route(get().to(waivers::waiver)).route(post().to(waivers::decide)),
        )
        .service(page("/work/dossiers/{id}").route(get().to(dossier::show)))
        .service(page("/work/dossiers/{id}/notes").route(get().to(notes::show)).route(post().to(notes::add)))
        .service(
            page("/work/dossiers/{id}/consultations/{number}")
                .route(get().to(cancel_consultation::show))
                .route(post().to(cancel_consultation::send)),
        )
        .service(
            page("/work/dossiers/{id}/results/{result}/removal")
                .route(get().to(remove_result::show))
                .route(post().to(remove_result::send)),
        )
        .service(
            page("/work/dossiers/{id}/supplement-intake")
                .route(get().to(take_supplement::show))
                .route(post().to(take_supplement::send)),
        )
        .service(
            page("/work/dossiers/{id}/supplement-intake/documents")
                .route(get().to(take_supplement::form_of))
                .route(post().to(take_supplement::add)),
        )
        .service(page("/work/dossiers/{id}/{action}").route(get().to(actions::show)).route(post().to(actions::send)))
        .service(page("/work/{agency}").route(get().to(list::show)).route(post().to(ticked::send)))
        .service(page("/work/{agency}/dossiers.xlsx").route(get().to(list::spreadsheet)))
        .service(page("/work/{agency}/register").route(get().to(register::show)))
        .service(page("/work/{agency}/stuck").route(get().to(stuck::show)))
        .service(
            page("/work/{agency}/stuck/{group}/{id}").route(get().to(given_up::show)).route(post().to(given_up::send)),
        )
        .service(page("/work/{agency}/leaves").route(get().to(leaves::show)).route(post().to(leaves::note)))
        .service(page("/work/{agency}/leaves/{id}/end").route(post().to(leaves::end)))
        .service(page("/work/{agency}/post").route(get().to(post::show)).route(post().to(post::make)))
        .service(page("/work/{agency}/post/{manifest}").route(get().to(post::manifest)).route(post().to(post::end)))
        .service(page("/work/{agency}/post/{manifest}/pdf").route(get().to(post::print)))
        .service(page("/work/{agency}/parcels/{parcel}").route(get().to(post::form_of)).route(post().to(post::note)))
        .service(page("/work/{agency}/phrases").route(get().to(phrases::show)).route(post().to(phrases::add)))
        .service(page("/work/{agency}/phrases/{id}/removal").route(post().to(phrases::remove)));
}
