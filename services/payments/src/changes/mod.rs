//! Decisions with all they cause, each in the caller's transaction: what the API, jobs and events share.

pub mod ask_later;
pub mod end_orders;
pub mod move_attempt;
pub mod open_order;
pub mod settle;
pub mod start_attempt;
pub mod tell_order;
pub mod tell_payer;
