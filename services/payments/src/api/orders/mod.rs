//! Fees that are owed.

pub mod read;
