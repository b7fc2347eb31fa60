//! Forms 01 to 04: what an applicant is given, asked for, refused, and told when it takes longer.

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::About;
use crate::words;

/// Form 01.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Receipt {
    /// The dossier.
    #[serde(flatten)]
    pub about: About,
    /// The papers that were handed in.
    pub papers: Vec<Paper>,
    /// How long the procedure takes.
    pub time_limit: String,
    /// When the dossier was received.
    #[serde(serialize_with = "words::full")]
    pub received_at: DateTime<Utc>,
    /// When the result was promised.
    #[serde(serialize_with = "words::full")]
    pub due_at: DateTime<Utc>,
    /// When it is due by now, if that is another moment.
    #[serde(serialize_with = "words::full_if_any")]
    pub due_now: Option<DateTime<Utc>>,
    /// How the applicant wants to get the result.
    pub return_way: Option<String>,
    /// The official who received it.
    pub receiver: Option<String>,
}

/// A paper that was handed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Paper {
    /// What it is.
    pub name: String,
    /// How many of it.
    pub count: usize,
    /// Of which type: original, copy, electronic.
    pub kind: String,
}

/// Form 02.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Supplement {
    /// The dossier.
    #[serde(flatten)]
    pub about: About,
    /// The papers that are asked for.
    pub papers: Vec<WantedPaper>,
    /// What else is said.
    pub message: Option<String>,
    /// Until when they are waited for.
    #[serde(serialize_with = "words::full_if_any")]
    pub answer_by: Option<DateTime<Utc>>,
    /// Who helps.
    pub contact: Contact,
    /// The official who asks.
    pub official: Option<String>,
}

/// Who helps an applicant with what is asked for, at the agency.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Contact {
    /// The official to ask for.
    pub official: Option<String>,
    /// The phone.
    pub phone: Option<String>,
    /// When the agency is open.
    pub hours: Option<String>,
}

/// A paper that is asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WantedPaper {
    /// What it is.
    pub name: String,
    /// Why.
    pub reason: String,
    /// What to do about it.
    pub guidance: String,
}

/// Form 03.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Refusal {
    /// The dossier.
    #[serde(flatten)]
    pub about: About,
    /// Why it is not received, by the law.
    pub reason: Option<String>,
    /// The official who refused.
    pub official: Option<String>,
}

/// Form 04.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Extension {
    /// The dossier.
    #[serde(flatten)]
    pub about: About,
    /// When it was received.
    #[serde(serialize_with = "words::full_if_any")]
    pub received_at: Option<DateTime<Utc>>,
    /// This one.
    #[serde(flatten)]
    pub extended: Extended,
    /// Those before it.
    pub earlier: Vec<Extended>,
    /// Who signs.
    pub signer: Option<String>,
}

/// More time that is asked for.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Extended {
    /// When the result was due.
    #[serde(serialize_with = "words::full_if_any")]
    pub due_before: Option<DateTime<Utc>>,
    /// When it is due now.
    #[serde(serialize_with = "words::full_if_any")]
    pub due_after: Option<DateTime<Utc>>,
    /// Why.
    pub reason: String,
}
