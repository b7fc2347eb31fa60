//! What VNPAY hears when it notified us.

use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

use crate::domain::report::Verdict;

/// What VNPAY wants to hear. It repeats a notification until it hears `00` or `02`.
#[derive(Serialize, ToSchema)]
pub struct VnpayAcknowledgement {
    /// `00` recorded, `02` known before, `01` no such attempt, `04` wrong amount or merchant, `97` wrong signature,
    /// `99` not recorded: send it again.
    #[serde(rename = "RspCode")]
    #[schema(example = "00")]
    code: &'static str,
    /// The same in words.
    #[serde(rename = "Message")]
    #[schema(example = "Confirm Success")]
    message: &'static str,
}

/// The code of a verdict; none means that nothing was recorded.
pub(super) fn of(verdict: Option<Verdict>) -> Value {
    let (code, message) = match verdict {
        None => ("99", "Unknown error"),
        // What is for review is kept for a person; hearing it again would add nothing.
        Some(Verdict::Accepted | Verdict::Review) => ("00", "Confirm Success"),
        Some(Verdict::Already | Verdict::Stale) => ("02", "Order already confirmed"),
        Some(Verdict::UnknownOrder) => ("01", "Order not found"),
        Some(Verdict::WrongAmount | Verdict::WrongMerchant) => ("04", "Invalid amount"),
        Some(Verdict::Forged) => ("97", "Invalid Checksum"),
    };
    json!(VnpayAcknowledgement { code, message })
}
