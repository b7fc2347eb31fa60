//! What is done later.

pub mod forget_registration;
