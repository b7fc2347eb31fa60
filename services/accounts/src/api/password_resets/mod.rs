//! A new password for who has forgotten hers.

pub mod confirm;
pub mod start;
