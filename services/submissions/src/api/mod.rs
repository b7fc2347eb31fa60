//! The table of contents: one line an operation, by noun.

mod agencies;
mod consultations;
mod documents;
mod dossiers;
mod drafts;
mod file_bytes;
mod forms;
mod given_up;
mod intakes;
mod keep_file;
mod leaves;
mod notes;
mod post;
mod receive_pdf;
mod references;
mod results;
mod shown;
mod tracking;

use edge::Caller;
use utoipa::openapi::OpenApi;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::store::dossiers::Reader;

/// Registers every operation.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        // For applicants: from draft to filing.
        .service(dossiers::open::open_dossier)
        .service(dossiers::list::list_dossiers)
        .service(dossiers::answer::answer_form)
        .service(dossiers::discard::discard_draft)
        .service(documents::add::add_document)
        .service(documents::remove::remove_document)
        .service(dossiers::choose_return::choose_return_way)
        .service(dossiers::submit::submit_dossier)
        // For applicants: while it is worked on.
        .service(dossiers::answer_supplement::answer_supplement)
        .service(drafts::answer::answer_draft)
        .service(dossiers::withdraw::withdraw_dossier)
        // For applicants and the officials of the agency.
        .service(dossiers::get::get_dossier)
        .service(documents::get::get_document)
        .service(results::get::get_result)
        .service(drafts::get::get_draft)
        .service(forms::list::list_dossier_forms)
        .service(forms::get::get_dossier_form)
        // For officials at counters.
        .service(intakes::search_person::search_person)
        .service(intakes::take_in::take_in_dossier)
        .service(intakes::list::list_intakes)
        .service(intakes::add_scan::add_scan)
        .service(dossiers::take_supplement::take_supplement)
        // For officials.
        .service(agencies::list_dossiers::list_agency_dossiers)
        .service(agencies::count_dossiers::count_agency_dossiers)
        .service(forms::print::print_forms)
        .service(forms::get_register::get_register)
        .service(forms::print_register::print_register)
        .service(agencies::export_dossiers::export_agency_dossiers)
        .service(agencies::stuck::list_stuck_dossiers)
        .service(given_up::list::list_given_up_submissions)
        .service(given_up::repair::repair_given_up_submissions)
        .service(post::list::list_manifests)
        .service(post::make_manifest::make_manifest)
        .service(post::get_manifest::get_manifest)
        .service(post::print_manifest::print_manifest)
        .service(post::sign_manifest::sign_manifest)
        .service(post::cancel_manifest::cancel_manifest)
        .service(post::note_parcel::note_parcel)
        .service(agencies::list_phrases::list_phrases)
        .service(agencies::add_phrase::add_phrase)
        .service(agencies::remove_phrase::remove_phrase)
        .service(notes::list::list_notes)
        .service(notes::add::add_note)
        .service(agencies::preview_calendar::preview_agency_calendar)
        .service(dossiers::receive::receive_dossier)
        .service(dossiers::refuse::refuse_dossier)
        .service(dossiers::take::take_dossier)
        .service(dossiers::give_back::give_back_dossier)
        .service(dossiers::assign::assign_dossier)
        .service(dossiers::forward::forward_dossier)
        .service(dossiers::send_back::send_back_dossier)
        .service(agencies::list_officials::list_agency_officials)
        .service(leaves::list::list_leaves)
        .service(leaves::note::note_leave)
        .service(leaves::end::end_leave)
        .service(dossiers::request_supplement::request_supplement)
        .service(dossiers::stop::stop_dossier)
        .service(dossiers::resume::resume_dossier)
        .service(dossiers::charge::charge_dossier)
        .service(dossiers::cancel_charge::cancel_charge)
        .service(dossiers::extend::extend_dossier)
        .service(dossiers::apologise::apologise_for_dossier)
        .service(dossiers::note_lateness::note_lateness)
        .service(consultations::ask::consult_agency)
        .service(consultations::cancel::cancel_consultation)
        .service(drafts::send::send_draft)
        .service(results::add::add_result)
        .service(results::remove::remove_result)
        .service(dossiers::complete::complete_dossier)
        .service(results::decline::decline_dossier)
        .service(dossiers::return_result::return_dossier)
        .service(dossiers::correct::correct_dossier)
        // For officials of agencies that are asked.
        .service(consultations::list::list_agency_consultations)
        .service(consultations::get::get_consultation)
        .service(consultations::get_file::get_consultation_file)
        .service(consultations::add_document::add_consultation_document)
        .service(consultations::answer::answer_consultation)
        // For whoever has the receipt.
        .service(tracking::track::track_dossier)
        // For whoever has the receipt of somebody who has no account.
        .service(tracking::add_document::add_tracked_document)
        .service(tracking::remove_document::remove_tracked_document)
        .service(tracking::answer_supplement::answer_tracked_supplement)
        .service(tracking::withdraw::withdraw_tracked_dossier);
}

/// This service's OpenAPI document.
pub fn document() -> OpenApi {
    edge::document("submissions", "Motcua submissions", routes)
}

/// What a caller may see: an applicant's own dossiers, or those of the agencies where an official works, and what was
/// taken in there for others.
fn reader(caller: &Caller) -> Reader {
    if let Some(applicant) = caller.clone().applicant() {
        return Reader::Party(applicant.party);
    }
    Reader::Desks(caller.clone().official::<edge::Work>().map(|official| official.agencies()).unwrap_or_default())
}
