//! What can go wrong here: status, stable code, titles.

use edge::Kind;

/// No order with this id that the caller owes.
pub const ORDER_NOT_FOUND: Kind =
    Kind::new(404, "payment-order-not-found", "Không có khoản thanh toán này.", "There is no such payment order.");

/// The order is paid: nothing is left to pay.
pub const ALREADY_PAID: Kind =
    Kind::new(409, "already-paid", "Khoản này đã được thanh toán.", "This payment order is already paid.");

/// The time to pay the order has passed.
pub const PAYMENT_OVERDUE: Kind = Kind::new(
    409,
    "payment-overdue",
    "Đã quá thời hạn thanh toán khoản này.",
    "The time to pay this payment order has passed.",
);
