//! Fees that are owed.

pub mod read;
pub mod receipt;
