//! The pages: a line for each address. A page is a file here, a template in `templates/pages/` and its messages.

mod agencies;
mod agency;
mod answers;
mod check;
mod complete;
mod confirmation;
mod documents;
mod dossier;
mod dossiers;
mod home;
mod issue;
mod kiosk;
mod messages;
mod moved_on;
mod opened;
mod payment;
mod procedure;
mod procedures;
mod receive;
mod registration;
mod sign_in;
mod sign_out;
mod slip;
mod start;
mod tracking;
mod work;
mod work_dossier;
mod work_list;

use actix_web::{Scope, middleware::from_fn, web};

use crate::{assets, failure::Failure, settle::settle};

/// Every page.
pub(crate) fn routes() -> impl actix_web::dev::HttpServiceFactory + 'static {
    let get = web::get;
    let post = web::post;
    let page = web::resource::<&str>;
    let scope: Scope = web::scope("")
        .service(page("/").route(get().to(home::show)))
        .service(page("/assets/{name}").route(get().to(assets::show)))
        .service(page("/procedures").route(get().to(procedures::show)))
        .service(page("/procedures/{code}").route(get().to(procedure::show)))
        .service(page("/agencies").route(get().to(agencies::show)))
        .service(page("/agencies/{code}").route(get().to(agency::show)))
        .service(page("/registration").route(get().to(registration::show)).route(post().to(registration::send)))
        .service(page("/registration/{id}").route(get().to(confirmation::show)).route(post().to(confirmation::send)))
        .service(page("/sign-in").route(get().to(sign_in::show)).route(post().to(sign_in::send)))
        .service(page("/sign-out").route(post().to(sign_out::send)))
        .service(page("/kiosk/end").route(get().to(kiosk::end)))
        .service(page("/kiosk/alive").route(get().to(kiosk::alive)))
        .service(page("/tracking").route(get().to(tracking::show)).route(post().to(tracking::send)))
        .service(page("/dossiers").route(get().to(dossiers::show)))
        .service(page("/procedures/{code}/start").route(get().to(start::show)).route(post().to(start::send)))
        .service(page("/dossiers/{id}").route(get().to(dossier::show)))
        .service(page("/dossiers/{id}/form/{page}").route(get().to(answers::show)).route(post().to(answers::send)))
        .service(page("/dossiers/{id}/documents").route(get().to(documents::show)).route(post().to(documents::send)))
        .service(page("/dossiers/{id}/documents/{document}").route(get().to(documents::download)))
        .service(page("/dossiers/{id}/documents/{document}/view").route(get().to(documents::view)))
        .service(page("/dossiers/{id}/documents/{document}/removal").route(post().to(documents::remove)))
        .service(page("/dossiers/{id}/check").route(get().to(check::show)).route(post().to(check::send)))
        .service(page("/dossiers/{id}/slip").route(get().to(slip::show)))
        .service(page("/dossiers/{id}/payment").route(get().to(payment::show)).route(post().to(payment::send)))
        .service(page("/dossiers/{id}/results/{result}").route(get().to(documents::result)))
        .service(page("/dossiers/{id}/results/{result}/view").route(get().to(documents::view_result)))
        .service(page("/payment-return").route(get().to(payment::come_back)))
        .service(page("/messages").route(get().to(messages::show)))
        .service(page("/work").route(get().to(work::show)))
        .service(page("/work/{agency}").route(get().to(work_list::show)))
        .service(page("/work/dossiers/{id}").route(get().to(work_dossier::show)))
        .service(page("/work/dossiers/{id}/receipt").route(get().to(receive::show)).route(post().to(receive::send)))
        .service(page("/work/dossiers/{id}/results").route(get().to(issue::show)).route(post().to(issue::send)))
        .service(
            page("/work/dossiers/{id}/completion").route(get().to(complete::show)).route(post().to(complete::send)),
        )
        .default_service(web::to(nowhere));
    scope.wrap(from_fn(settle))
}

async fn nowhere() -> Result<&'static str, Failure> {
    Err(Failure::NotFound)
}
