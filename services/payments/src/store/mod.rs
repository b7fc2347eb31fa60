//! The tables; the only place that says SQL.

pub mod agencies;
pub mod attempts;
pub mod callbacks;
pub mod given_up;
pub mod history;
pub mod ledger;
pub mod orders;
pub mod owed_back;
pub mod payers;
pub mod receipts;
pub mod refunds;
pub mod shifts;
pub mod takings;
pub mod unreviewed;
