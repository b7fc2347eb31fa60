//! Decisions with all they cause, each in the caller's transaction: what the API, jobs and events share.

pub mod ask_later;
pub mod ask_refund;
pub mod book_line;
pub mod compare_lines;
pub mod decide_credit;
pub mod decide_refund;
pub mod end_orders;
pub mod end_receipt;
pub mod hear_line;
pub mod issue_receipt;
pub mod link_payment;
pub mod load_statement;
pub mod move_attempt;
pub mod move_difference;
pub mod move_refund;
pub mod open_order;
pub mod reverse_taking;
pub mod settle;
pub mod shift;
pub mod sign_day;
pub mod start_attempt;
pub mod take_credit;
pub mod take_payment;
pub mod tell_officials;
pub mod tell_order;
pub mod tell_payer;
