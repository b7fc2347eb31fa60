//! The rules of procedures and dossiers: no database, no network, no clock.

pub mod actions;
pub mod charge;
pub mod clock;
pub mod custody;
pub mod dossier;
pub mod drafts;
pub mod explanation;
pub mod file_key;
pub mod filing;
#[cfg(test)]
mod model;
pub mod moved;
mod notice;
mod recount;
pub mod request;
pub mod result_kind;
pub mod status;
pub mod tracking;
pub mod words;
pub mod workload;
