//! The table of contents: one line an operation.

mod action_view;
mod add_document;
mod add_result;
mod answer_form;
mod complete_dossier;
mod count_agency_dossiers;
mod dossier_view;
mod file_view;
mod get_catalogue;
mod get_document;
mod get_dossier;
mod get_procedure;
mod get_procedure_version;
mod get_result;
mod keep_file;
mod list_agency_dossiers;
mod list_dossiers;
mod list_procedures;
mod open_dossier;
pub mod published;
mod receive_dossier;
mod references;
mod remove_document;
mod submit_dossier;
mod track_dossier;

use edge::Caller;
use utoipa::openapi::OpenApi;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::store::dossiers::Reader;

/// Registers every operation.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(get_catalogue::get_catalogue)
        .service(list_procedures::list_procedures)
        .service(get_procedure::get_procedure)
        .service(get_procedure_version::get_procedure_version)
        .service(open_dossier::open_dossier)
        .service(list_dossiers::list_dossiers)
        .service(get_dossier::get_dossier)
        .service(answer_form::answer_form)
        .service(add_document::add_document)
        .service(get_document::get_document)
        .service(remove_document::remove_document)
        .service(submit_dossier::submit_dossier)
        .service(list_agency_dossiers::list_agency_dossiers)
        .service(count_agency_dossiers::count_agency_dossiers)
        .service(receive_dossier::receive_dossier)
        .service(add_result::add_result)
        .service(get_result::get_result)
        .service(complete_dossier::complete_dossier)
        .service(track_dossier::track_dossier);
}

/// This service's OpenAPI document.
pub fn document() -> OpenApi {
    edge::document("submissions", "Motcua submissions", routes)
}

/// What a caller may see: an applicant's own dossiers, or those of the agencies where an official works.
fn reader(caller: &Caller) -> Reader {
    if let Some(applicant) = caller.clone().applicant() {
        return Reader::Party(applicant.party);
    }
    Reader::Agencies(caller.clone().official::<edge::Work>().map(|official| official.agencies()).unwrap_or_default())
}
