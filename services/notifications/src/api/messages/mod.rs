//! What was written to people.

pub mod list;
pub mod read;
