//! The table of contents: one line an operation, by noun. Everything here is for everybody.

mod get_catalogue;
mod procedures;

use utoipa::openapi::OpenApi;
use utoipa_actix_web::service_config::ServiceConfig;

/// Registers every operation.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(get_catalogue::get_catalogue)
        .service(procedures::list::list_procedures)
        .service(procedures::get::get_procedure)
        .service(procedures::get_version::get_procedure_version);
}

/// This service's OpenAPI document.
pub fn document() -> OpenApi {
    edge::document("catalogue", "Motcua catalogue", routes)
}
