//! A payer's attempts to pay an order.

pub mod bill;
pub mod payer_address;
pub mod start;
