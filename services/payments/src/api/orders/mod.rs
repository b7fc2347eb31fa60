//! Fees that are owed.

pub mod list;
pub mod list_at_counter;
pub mod read;
pub mod receipt;
