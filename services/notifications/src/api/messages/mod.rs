//! What was written to people.

pub mod list;
