//! What is done later.

pub mod forget_registration;
pub mod send_reset_code;
