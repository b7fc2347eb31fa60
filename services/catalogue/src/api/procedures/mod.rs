//! Procedures and their versions.

pub mod get;
pub mod get_version;
pub mod list;
pub mod list_changes;
pub mod withdraw;
