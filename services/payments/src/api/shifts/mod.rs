//! Cashiers' shifts.

pub mod close;
pub mod get;
pub mod list;
pub mod open;
pub mod take;
pub mod view;
