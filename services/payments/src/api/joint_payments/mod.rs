//! Several orders of a payer, paid in one go.

pub mod get;
pub mod start;
pub mod view;
