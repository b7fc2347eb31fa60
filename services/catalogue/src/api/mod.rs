//! The table of contents: one line an operation, by noun.

mod controller;
mod get_catalogue;
mod import_procedures;
mod procedure_drafts;
mod procedures;

use utoipa::openapi::OpenApi;
use utoipa_actix_web::service_config::ServiceConfig;

/// Registers every operation.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        // Everybody.
        .service(get_catalogue::get_catalogue)
        .service(procedures::list::list_procedures)
        .service(procedures::get::get_procedure)
        .service(procedures::get_version::get_procedure_version)
        .service(procedures::list_changes::list_procedure_changes)
        // Controllers of procedures.
        .service(procedure_drafts::list::list_procedure_drafts)
        .service(procedure_drafts::begin::begin_procedure_draft)
        .service(procedure_drafts::get::get_procedure_draft)
        .service(procedure_drafts::write::write_procedure_draft)
        .service(procedure_drafts::discard::discard_procedure_draft)
        .service(procedure_drafts::submit::submit_procedure_draft)
        .service(procedure_drafts::send_back::send_back_procedure_draft)
        .service(procedure_drafts::approve::approve_procedure_draft)
        .service(procedure_drafts::publish::publish_procedure_draft)
        .service(procedure_drafts::list_differences::list_procedure_draft_differences)
        .service(procedures::withdraw::withdraw_procedure)
        .service(import_procedures::import_procedures);
}

/// This service's OpenAPI document.
pub fn document() -> OpenApi {
    edge::document("catalogue", "Motcua catalogue", routes)
}
