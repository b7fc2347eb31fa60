//! What is done later.

pub mod lapse_supplement;
