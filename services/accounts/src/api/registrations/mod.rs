//! Asking for an account, for another code, and confirming the e-mail address.

pub mod confirm;
pub mod repeat;
pub mod start;
