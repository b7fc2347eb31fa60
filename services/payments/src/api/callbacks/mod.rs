//! What providers told us that a person must look at.

pub mod list;
pub mod review;
