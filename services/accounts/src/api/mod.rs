//! The table of contents: one line an operation.

mod account;
mod account_searches;
mod agencies;
mod citizen_number_proofs;
mod codes;
mod keys;
mod password_resets;
mod passwords;
mod registrations;
mod revocations;
mod sessions;
mod tokens;

use actix_web::web;
use utoipa::openapi::OpenApi;
use utoipa_actix_web::service_config::ServiceConfig;

/// Every operation of the service.
pub fn routes(config: &mut ServiceConfig<'_>) {
    // For people who have no account yet.
    config
        .service(registrations::start::start_registration)
        .service(registrations::repeat::repeat_registration)
        .service(registrations::confirm::confirm_registration);
    // For people with an account.
    config
        .service(sessions::sign_in::sign_in)
        .service(sessions::refresh::refresh_session)
        .service(sessions::switch_capacity::switch_capacity)
        .service(sessions::sign_out::sign_out)
        .service(sessions::list::list_sessions)
        .service(sessions::end::end_session)
        .service(account::get::get_account)
        .service(account::list_capacities::list_capacities)
        .service(account::change_password::change_password)
        .service(account::change_phone::change_phone)
        .service(account::start_email_change::start_email_change)
        .service(account::confirm_email_change::confirm_email_change)
        .service(account::close::close_account);
    // For people who have forgotten their password.
    config
        .service(password_resets::start::start_password_reset)
        .service(password_resets::confirm::confirm_password_reset);
    // For officials at a counter.
    config
        .service(citizen_number_proofs::record::record_citizen_number_proof)
        .service(account_searches::search::search_account);
    // For programs, and for whoever verifies a token.
    config.service(tokens::issue::issue_client_token).service(keys::list::list_keys);
    // For the gateways, and not in the document: nobody else asks.
    config.route(edge::revocation::PATH, web::get().to(revocations::list::list_revocations));
    // For everybody.
    config
        .service(agencies::list::list_agencies)
        .service(agencies::get::get_agency)
        .service(agencies::get_calendar::get_agency_calendar);
    // For who administers an agency.
    config
        .service(agencies::change_calendar::change_agency_calendar)
        .service(agencies::change_contact::change_agency_contact);
}

/// The service's OpenAPI document.
pub fn document() -> OpenApi {
    edge::document("accounts", "Motcua accounts", routes)
}
