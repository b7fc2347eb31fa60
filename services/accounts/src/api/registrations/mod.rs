//! Asking for an account, and confirming the e-mail address.

pub mod confirm;
pub mod start;
