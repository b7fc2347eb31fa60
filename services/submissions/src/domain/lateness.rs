//! Why a dossier is late, as it was recorded.

use chrono::{DateTime, Utc};
use civic::events::LatenessCause;
use uuid::Uuid;

/// A cause, as an official recorded it. What was recorded stays as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lateness {
    /// What it is.
    pub cause: LatenessCause,
    /// What proves it.
    pub proof: String,
    /// Who recorded it.
    pub noted_by: Uuid,
    /// When.
    pub noted_at: DateTime<Utc>,
}
