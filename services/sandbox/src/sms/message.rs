//! An SMS as the aggregator took it.

use chrono::{DateTime, Utc};
use serde::Serialize;

#[derive(Debug, Clone, Serialize)]
pub(crate) struct Sms {
    /// The aggregator's `SMSID`.
    pub(crate) id: u64,
    pub(crate) received_at: DateTime<Utc>,
    pub(crate) phone: String,
    pub(crate) content: String,
    pub(crate) brandname: String,
    pub(crate) sms_type: String,
    /// The sender's id of its request; empty when it gave none.
    pub(crate) request_id: String,
    /// How often that request came; only the first was delivered.
    pub(crate) requests: u32,
}
