//! The tables; the only place that says SQL.

pub mod agencies;
pub mod attempts;
pub mod bank_credits;
pub mod callbacks;
pub mod closed_days;
pub mod differences;
pub mod figures;
pub mod given_up;
pub mod history;
pub mod joint_payments;
pub mod ledger;
pub mod orders;
pub mod owed_back;
pub mod pay_links;
pub mod payers;
pub mod payers_accounts;
pub mod receipts;
pub mod refunds;
pub mod shifts;
pub mod statement_lines;
pub mod statements;
pub mod takings;
pub mod unreviewed;
pub mod waivers;
