//! Forms 05 and 06: that the work stops, and who had the dossier.

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::About;
use crate::words;

/// Form 05.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Stopping {
    /// The dossier.
    #[serde(flatten)]
    pub about: About,
    /// When it was received.
    #[serde(serialize_with = "words::full_if_any")]
    pub received_at: Option<DateTime<Utc>>,
    /// Who asked for it.
    pub asked_by: String,
    /// Since when the work stands still.
    #[serde(serialize_with = "words::full")]
    pub stopped_at: DateTime<Utc>,
    /// What was being done.
    pub stage: String,
    /// Why.
    pub reason: Option<String>,
    /// What was decided.
    pub decision: String,
    /// What becomes of the fee.
    pub fee: String,
    /// The official.
    pub official: Option<String>,
}

/// Form 06.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Routing {
    /// The dossier.
    #[serde(flatten)]
    pub about: About,
    /// The agencies that are consulted.
    pub consulted: Option<String>,
    /// When the dossier was received.
    #[serde(serialize_with = "words::full_if_any")]
    pub received_at: Option<DateTime<Utc>>,
    /// When its result is due.
    #[serde(serialize_with = "words::full")]
    pub due_at: DateTime<Utc>,
    /// Who gave it to whom.
    pub handovers: Vec<Handover>,
}

/// A line of form 06.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Handover {
    /// Who gave it.
    pub giver: Option<String>,
    /// Who took it.
    pub receiver: Option<String>,
    /// When.
    #[serde(serialize_with = "words::full")]
    pub handed_over_at: DateTime<Utc>,
    /// Whether the giver's part was done in time.
    pub outcome: Option<Outcome>,
    /// What else is to be said.
    pub note: Option<String>,
}

/// Whether a part of the work was done in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Outcome {
    /// Before its last day.
    #[serde(rename = "Trước hạn")]
    Early,
    /// On its last day.
    #[serde(rename = "Đúng hạn")]
    OnTime,
    /// After it.
    #[serde(rename = "Quá hạn")]
    Late,
}
