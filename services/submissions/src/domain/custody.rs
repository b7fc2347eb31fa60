//! Who has a dossier, hand-over by hand-over: what form 06 is printed from.

use chrono::{DateTime, Utc};
use civic::AgencyCode;
use uuid::Uuid;

/// Who has a dossier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holder {
    /// The agency.
    pub agency: AgencyCode,
    /// The official there; none until somebody takes it.
    pub official: Option<Uuid>,
}

/// One hand-over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handover {
    /// Who gave it; none when it came from its applicant.
    pub from: Option<Holder>,
    /// Who has it then.
    pub to: Holder,
    /// When it was given.
    pub handed_over_at: DateTime<Utc>,
    /// By when this holder's part is due.
    pub due_at: Option<DateTime<Utc>>,
    /// When it was taken.
    pub accepted_at: Option<DateTime<Utc>>,
}

impl Handover {
    /// The first one: an official takes the dossier in, and has all of the agency's time.
    pub fn receipt(agency: AgencyCode, official: Uuid, now: DateTime<Utc>, due_at: DateTime<Utc>) -> Self {
        Self {
            from: None,
            to: Holder { agency, official: Some(official) },
            handed_over_at: now,
            due_at: Some(due_at),
            accepted_at: Some(now),
        }
    }
}
