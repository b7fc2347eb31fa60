//! The tables; the only place that says SQL.

pub mod attempts;
pub mod callbacks;
pub mod history;
pub mod ledger;
pub mod orders;
pub mod owed_back;
pub mod refunds;
