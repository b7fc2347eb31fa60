//! Links by which somebody else pays an order.

pub mod list;
pub mod make;
pub mod pay;
pub mod revoke;
pub mod view;
