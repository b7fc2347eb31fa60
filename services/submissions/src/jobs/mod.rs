//! What is done later.

pub mod sweep_files;
