//! What a fee, an attempt to pay it and a transfer of money are, without a server.

pub mod asking;
pub mod attempt;
pub mod charge;
pub mod credit;
pub mod day;
pub mod destination;
pub mod difference;
pub mod dossier_end;
pub mod history;
#[cfg(test)]
mod interleavings;
pub mod joint_payment;
pub mod ledger;
pub mod order;
pub mod pay_link;
pub mod provider;
pub mod receipt;
pub mod refund;
pub mod report;
pub mod statement;
#[cfg(test)]
mod sums;
pub mod taking;
pub mod waiver;
