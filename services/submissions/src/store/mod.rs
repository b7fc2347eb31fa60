//! The only place that says SQL: rows in, rows out.

pub mod agencies;
pub mod calendars;
mod charges;
mod clock;
pub mod consents;
pub mod consultations;
pub mod contact_phones;
mod custody;
pub mod documents;
mod dossier_row;
pub mod dossiers;
pub mod drafts;
pub mod file_dossier;
pub mod files;
pub mod given_up;
pub mod handed_papers;
pub mod hands;
pub mod history;
mod lateness;
pub mod leaves;
pub mod lists;
pub mod manifests;
pub mod notes;
pub mod phrases;
pub mod procedures;
pub mod register;
pub mod request_files;
pub mod requests;
pub mod results;
pub mod returns;
pub mod staff;
pub mod supplied_papers;
pub mod visitors;
pub mod wanted_returns;
pub mod watches;
pub mod words;
pub mod workload;

use diesel::result::Error;

/// A stored value that no version of this service can have written.
fn unreadable(why: impl std::error::Error + Send + Sync + 'static) -> Error {
    Error::DeserializationError(Box::new(why))
}
