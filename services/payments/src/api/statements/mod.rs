//! Statements of providers, banks and the treasury.

pub mod get;
pub mod list;
pub mod load;
pub mod view;
