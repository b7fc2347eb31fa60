//! The pages, by who they are for. A page is a line in its audience's table, a file beside it or an entry of a kind, a template and
//! its messages.

mod account;
mod citizen;
mod files;
mod forms;
mod kinds;
mod kiosk;
mod public;
mod work;

use actix_web::{Resource, Scope, middleware::from_fn, web};

use crate::{failure::Failure, settle::settle};

/// Every page.
pub(crate) fn routes() -> impl actix_web::dev::HttpServiceFactory + 'static {
    // What is no id names nothing that there is.
    let nothing = web::PathConfig::default().error_handler(|_, _| Failure::NotFound.into());
    let scope: Scope = web::scope("")
        .app_data(nothing)
        .configure(public::routes)
        .configure(account::routes)
        .configure(citizen::routes)
        .configure(work::routes)
        .configure(files::routes)
        .configure(forms::routes)
        .configure(kiosk::routes)
        .default_service(web::to(nowhere));
    scope.wrap(from_fn(settle))
}

fn page(path: &str) -> Resource {
    web::resource(path)
}

async fn nowhere() -> Result<&'static str, Failure> {
    Err(Failure::NotFound)
}
