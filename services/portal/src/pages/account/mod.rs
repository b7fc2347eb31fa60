//! Pages for whoever has an account, or wants one.

mod capacities;
mod confirmation;
mod contact;
mod messages;
mod password_reset;
mod registration;
mod settings;
mod sign_in;
mod sign_out;

use actix_web::web::{ServiceConfig, get, post};

use super::page;
pub(super) use sign_out::leave;

/// Their addresses.
pub(super) fn routes(pages: &mut ServiceConfig) {
    pages
        .service(page("/registration").route(get().to(registration::show)).route(post().to(registration::send)))
        .service(page("/registration/{id}").route(get().to(confirmation::show)).route(post().to(confirmation::send)))
        .service(page("/sign-in").route(get().to(sign_in::show)).route(post().to(sign_in::send)))
        .service(page("/password-reset").route(get().to(password_reset::show)).route(post().to(password_reset::send)))
        .service(
            page("/password-reset/{id}")
                .route(get().to(password_reset::show_code))
                .route(post().to(password_reset::send_code)),
        )
        .service(page("/account").route(get().to(settings::show)))
        .service(
            page("/account/sessions").route(get().to(settings::sessions_stand)).route(post().to(settings::end_session)),
        )
        .service(
            page("/account/password")
                .route(get().to(settings::show_password))
                .route(post().to(settings::send_password)),
        )
        .service(page("/account/email").route(get().to(contact::show_email)).route(post().to(contact::send_email)))
        .service(
            page("/account/email/{id}")
                .route(get().to(contact::show_email_code))
                .route(post().to(contact::send_email_code)),
        )
        .service(page("/account/phone").route(get().to(contact::show_phone)).route(post().to(contact::send_phone)))
        .service(
            page("/account/closure").route(get().to(settings::show_closure)).route(post().to(settings::send_closure)),
        )
        .service(page("/sign-out").route(post().to(sign_out::send)))
        .service(page("/capacities").route(get().to(capacities::show)).route(post().to(capacities::send)))
        .service(page("/messages").route(get().to(messages::show)).route(post().to(messages::read)));
}
