//! The table of contents: one line an operation.

mod confirm_registration;
mod get_account;
mod get_agency;
mod issue_client_token;
mod list_agencies;
mod list_keys;
mod refresh_session;
mod sign_in;
mod sign_out;
mod start_registration;
mod tokens;

use utoipa::openapi::OpenApi;
use utoipa_actix_web::service_config::ServiceConfig;

/// Every operation of the service.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(start_registration::start_registration)
        .service(confirm_registration::confirm_registration)
        .service(sign_in::sign_in)
        .service(refresh_session::refresh_session)
        .service(sign_out::sign_out)
        .service(get_account::get_account)
        .service(issue_client_token::issue_client_token)
        .service(list_keys::list_keys)
        .service(list_agencies::list_agencies)
        .service(get_agency::get_agency);
}

/// The service's OpenAPI document.
pub fn document() -> OpenApi {
    edge::document("accounts", "Motcua accounts", routes)
}
