//! The agencies.

pub mod get;
pub mod list;
