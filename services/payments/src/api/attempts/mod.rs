//! A payer's attempts to pay an order.

mod payer_address;
pub mod start;
