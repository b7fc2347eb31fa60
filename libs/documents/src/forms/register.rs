//! Form 07: the register of an agency.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;

use super::{Applicant, Letterhead};
use crate::words;

/// Form 07.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Register {
    /// The head.
    pub letterhead: Letterhead,
    /// The first day.
    #[serde(serialize_with = "words::narrow")]
    pub from: NaiveDate,
    /// The last day.
    #[serde(serialize_with = "words::narrow")]
    pub until: NaiveDate,
    /// Which part of the register it is, where it comes in several.
    pub part: Option<String>,
    /// Its lines.
    pub rows: Vec<RegisterRow>,
}

/// A line of form 07.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RegisterRow {
    /// Its number.
    pub number: usize,
    /// The dossier's code.
    pub code: String,
    /// The procedure.
    pub procedure: String,
    /// The papers handed in.
    pub papers: String,
    /// Whose dossier it is.
    #[serde(flatten)]
    pub applicant: Applicant,
    /// How it came in.
    pub channel: String,
    /// When it was received.
    #[serde(serialize_with = "words::narrow_if_any")]
    pub received_at: Option<DateTime<Utc>>,
    /// When its result is due.
    #[serde(serialize_with = "words::narrow_if_any")]
    pub due_at: Option<DateTime<Utc>>,
    /// When that was handed over.
    #[serde(serialize_with = "words::narrow_if_any")]
    pub returned_at: Option<DateTime<Utc>>,
    /// How.
    pub return_way: Option<String>,
    /// Where the dossier stands.
    pub note: String,
}
