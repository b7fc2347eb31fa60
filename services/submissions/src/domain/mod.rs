//! The rules of procedures and dossiers: no database, no network, no clock.

pub mod actions;
pub mod charge;
pub mod clock;
pub mod colleague;
pub mod custody;
pub mod deadline;
pub mod dossier;
pub mod drafts;
pub mod explanation;
pub mod file_key;
pub mod filing;
pub mod intake;
pub mod lateness;
pub mod leave;
#[cfg(test)]
mod model;
pub mod moved;
pub mod note;
mod notice;
pub mod own;
pub mod parcel;
pub mod phrase;
pub mod place;
pub mod prefill;
mod recount;
pub mod request;
pub mod result_kind;
pub mod staff;
pub mod stage;
pub mod status;
pub mod tracking;
pub mod words;
pub mod workload;
