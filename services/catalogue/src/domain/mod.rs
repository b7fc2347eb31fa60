//! The rules: no database, no network, no clock.

pub mod draft;
pub mod import;
