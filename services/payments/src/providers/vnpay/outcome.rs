//! What VNPAY's codes say became of a payment.

/// What the codes say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Told {
    Paid,
    Failed,
    NotFinished,
    Unclear,
}

/// By a notification's `vnp_ResponseCode` (what the payer met) and `vnp_TransactionStatus` (what VNPAY booked).
/// 07 took money from somebody suspected of fraud.
pub(super) fn of_callback(response: &str, status: &str) -> Told {
    match (response, of_status(status)) {
        ("00", Told::Failed) | ("07", _) | ("", _) => Told::Unclear,
        ("00", told) => told,
        (_, Told::Paid) => Told::Unclear,
        (_, told) => told,
    }
}

/// By `vnp_TransactionStatus` alone. 04 is reversed, 05 to 09 concern refunds and fraud: not ours to judge.
pub(super) fn of_status(status: &str) -> Told {
    match status {
        "00" => Told::Paid,
        "01" => Told::NotFinished,
        "02" => Told::Failed,
        _ => Told::Unclear,
    }
}
