//! The tables; the only place that says SQL.

pub mod attempts;
pub mod callbacks;
mod columns;
mod history;
mod ledger;
pub mod orders;
pub mod settlement;
