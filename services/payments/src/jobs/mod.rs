//! What can be retried, is slow, or leaves the machine.

pub mod ask_provider;
pub mod compare_statement;
pub mod heal_difference;
pub mod issue_receipt;
pub mod send_refund;
