//! What was asked about a dossier while it was worked on.

use chrono::{DateTime, Utc};
use civic::{AgencyCode, LocalText};
use procedure::Procedure;
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

/// A paper that an applicant is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AskedPaper {
    /// Which of the procedure's components it is.
    pub component: String,
    /// Why it is asked for.
    pub reason: String,
    /// What to do about it.
    pub guidance: String,
}

/// A request.
#[derive(Clone, Debug, PartialEq, Eq)]
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
    /// Why papers were asked for once more, for officials.
    pub override_reason: Option<String>,
    /// The papers asked for.
    pub papers: Vec<AskedPaper>,
}

impl AskedPaper {
    /// What the procedure calls it.
    pub fn name(&self, procedure: &Procedure) -> LocalText {
        let component = procedure.component(&self.component);
        component.map_or_else(|| LocalText::new(&*self.component, &*self.component), |component| component.name.clone())
    }
}

impl Request {
    /// Whether papers are waited for.
    pub fn is_open_supplement(&self) -> bool {
        self.kind == RequestKind::Supplement && self.state == RequestState::Open
    }

    /// What it comes to when its dossier goes on without an answer.
    pub fn closed(&self) -> Self {
        let state = if self.is_open_supplement() { RequestState::Cancelled } else { self.state };
        Self { state, ..self.clone() }
    }
}
