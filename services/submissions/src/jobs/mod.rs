//! What is done later.

pub mod lapse_supplement;
pub mod sweep_files;
