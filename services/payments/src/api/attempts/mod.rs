//! A payer's attempts to pay an order.

pub mod start;
