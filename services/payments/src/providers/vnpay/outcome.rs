//! What VNPAY's codes say became of a payment.

/// What the codes say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ReportedStatus {
    Paid,
    Failed,
    NotFinished,
    Unclear,
}

/// By a notification's `vnp_ResponseCode` (what the payer met) and `vnp_TransactionStatus` (what VNPAY booked).
/// 07 took money from somebody suspected of fraud.
pub(super) fn of_callback(response: &str, status: &str) -> ReportedStatus {
    match (response, of_status(status)) {
        ("00", ReportedStatus::Failed) | ("07", _) | ("", _) => ReportedStatus::Unclear,
        ("00", reported) => reported,
        (_, ReportedStatus::Paid) => ReportedStatus::Unclear,
        (_, reported) => reported,
    }
}

/// By `vnp_TransactionStatus` alone. 04 is reversed, 05 to 09 concern refunds and fraud: not ours to judge.
pub(super) fn of_status(status: &str) -> ReportedStatus {
    match status {
        "00" => ReportedStatus::Paid,
        "01" => ReportedStatus::NotFinished,
        "02" => ReportedStatus::Failed,
        _ => ReportedStatus::Unclear,
    }
}
