//! Decisions with all they cause, each in the caller's transaction: what the API, jobs and events share.

pub mod ask_later;
pub mod ask_refund;
pub mod decide_credit;
pub mod decide_refund;
pub mod end_orders;
pub mod link_payment;
pub mod move_attempt;
pub mod move_refund;
pub mod open_order;
pub mod settle;
pub mod start_attempt;
pub mod take_credit;
pub mod tell_order;
pub mod tell_payer;
