//! Decisions with all they cause, each in the caller's transaction: what the API, jobs and events share.

pub mod ask_later;
pub mod ask_refund;
pub mod decide_refund;
pub mod end_orders;
pub mod end_receipt;
pub mod issue_receipt;
pub mod move_attempt;
pub mod move_refund;
pub mod open_order;
pub mod reverse_taking;
pub mod review_callback;
pub mod settle;
pub mod shift;
pub mod start_attempt;
pub mod take_payment;
pub mod tell_officials;
pub mod tell_order;
pub mod tell_payer;
