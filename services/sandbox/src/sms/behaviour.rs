//! How the SMS aggregator may be told to misbehave.

use actix_web::http::StatusCode;
use serde::{Deserialize, Serialize};

/// The aggregator's misbehaviour; the default takes every message.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SmsBehaviour {
    /// Take nothing and answer with this `CodeResult`, for example `103` (no money left).
    pub code_result: Option<String>,
    /// Take nothing and answer with this HTTP status and no JSON.
    pub http_status: Option<u16>,
    /// Milliseconds before anything is done.
    pub delay_ms: u64,
    /// Take the message but never say so.
    pub silent: bool,
}

impl SmsBehaviour {
    pub(crate) fn check(&self) -> Result<(), String> {
        match self.http_status.map(StatusCode::from_u16) {
            Some(Err(_)) => Err("sms.http_status must be an HTTP status".to_owned()),
            _ => Ok(()),
        }
    }
}
