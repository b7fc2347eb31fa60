//! The rules of procedures and dossiers: no database, no network, no clock.

pub mod action;
pub mod dossier;
pub mod fee;
pub mod filing;
pub mod form;
mod form_words;
pub mod life_event;
pub mod procedure;
pub mod search;
pub mod status;
pub mod tracking;
#[cfg(test)]
mod walks;
pub mod workload;
