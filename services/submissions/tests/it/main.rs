//! What this service promises, through its API, a file per operation.

#![allow(
    clippy::disallowed_methods,
    reason = "tests name what is theirs alone by chance, and compare with the machine's time"
)]

mod fixture;

mod access;
mod actions;
mod add_document;
mod add_result;
mod add_scan;
mod agency_opened;
mod answer_form;
mod answer_supplement;
mod by_receipt;
mod calendar_changed;
mod charge_dossier;
mod complete_dossier;
mod concurrent_filings;
mod consultation;
mod correct_dossier;
mod count_agency_dossiers;
mod deadlines;
mod decline_dossier;
mod discard_draft;
mod document;
mod draft_expiry;
mod drafts;
mod every_action;
mod export_dossiers;
mod extend_dossier;
mod files;
mod forms;
mod get_dossier;
mod given_up;
mod hand_overs;
mod intake;
mod lateness;
mod leaves;
mod list_agency_dossiers;
mod list_dossiers;
mod manifests;
mod migrations;
mod notes;
mod open_dossier;
mod order_moved;
mod own_dossier;
mod owners_version;
mod payment_settled;
#[allow(dead_code, reason = "the tests of documents look at sizes too")]
#[path = "../../../../libs/documents/tests/it/pdf.rs"]
mod pdf;
mod phrases;
mod procedure_published;
mod procedure_withdrawn;
mod process;
mod receive_dossier;
mod refuse_dossier;
mod register;
mod request_supplement;
mod resume_dossier;
mod return_result;
mod return_way;
mod search_person;
mod second_official;
mod shown;
mod stage_refusals;
mod stop_dossier;
mod stuck;
mod submit_dossier;
mod take_supplement;
mod track_dossier;
mod withdraw_dossier;
