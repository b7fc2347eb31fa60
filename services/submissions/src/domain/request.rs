//! What was asked about a dossier while it was worked on.

use chrono::{DateTime, Utc};
use civic::AgencyCode;
use uuid::Uuid;

civic::closed_list! {
    /// What is asked.
    pub enum RequestKind: "a kind of request" {
        /// Further papers, of the applicant.
        Supplement = "SUPPLEMENT",
        /// The opinion of another agency.
        Consultation = "CONSULTATION",
        /// More time, with an apology.
        Extension = "EXTENSION",
        /// The correction of what was finished.
        Correction = "CORRECTION",
    }
}

civic::closed_list! {
    /// What became of a request.
    pub enum RequestState: "a state of a request" {
        /// It waits for its answer.
        Open = "OPEN",
        /// It was answered.
        Answered = "ANSWERED",
        /// It was taken back, or its time is over.
        Cancelled = "CANCELLED",
    }
}

/// A request.
#[derive(Clone, Debug, PartialEq, Eq, diesel::Queryable)]
pub struct Request {
    /// What is asked.
    pub kind: RequestKind,
    /// What became of it.
    pub state: RequestState,
    /// The agency that is consulted.
    pub asked_of: Option<AgencyCode>,
    /// The official who asked.
    pub asked_by: Uuid,
    /// When.
    pub asked_at: DateTime<Utc>,
    /// In which words.
    pub text: String,
    /// Until when an answer is waited for.
    pub answer_by: Option<DateTime<Utc>>,
    /// When it was answered.
    pub answered_at: Option<DateTime<Utc>>,
}
