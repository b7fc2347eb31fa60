//! The rules of procedures and dossiers: no database, no network, no clock.

pub mod action;
pub mod dossier;
pub mod filing;
pub mod status;
pub mod tracking;
#[cfg(test)]
mod walks;
pub mod workload;
