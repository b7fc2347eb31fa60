//! The tables; the only place that says SQL.

pub mod attempts;
pub mod callbacks;
pub mod closed_days;
pub mod differences;
pub mod figures;
pub mod history;
pub mod ledger;
pub mod orders;
pub mod owed_back;
pub mod payers_accounts;
pub mod refunds;
pub mod statement_lines;
pub mod statements;
