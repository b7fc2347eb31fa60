//! The tables; the only place that says SQL.

pub mod agencies;
pub mod attempts;
pub mod bank_credits;
pub mod callbacks;
pub mod history;
pub mod ledger;
pub mod orders;
pub mod owed_back;
pub mod pay_links;
pub mod payers;
pub mod receipts;
pub mod refunds;
pub mod shifts;
pub mod takings;
