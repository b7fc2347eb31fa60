//! What was asked about a dossier while it was worked on.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use civic::{AgencyCode, ClockState, DossierStatus, LocalText};
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
        /// That its applicant confirms a draft of the result.
        Draft = "DRAFT",
        /// Nothing but forgiveness, after the due date.
        Apology = "APOLOGY",
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

/// Why a paper is not taken in as the answer to a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WrongPaper {
    /// It was not asked for.
    NotAsked,
    /// It stands before.
    Repeated,
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
    /// Until when an answer is waited for; of an apology, when the result is promised.
    pub answer_by: Option<DateTime<Utc>>,
    /// When it was answered.
    pub answered_at: Option<DateTime<Utc>>,
    /// Whether the agency that is consulted sees answers and papers, or the question alone.
    pub shows_papers: bool,
    /// What was answered.
    pub answer: Option<String>,
    /// Who answered; none when nobody did: of a draft, silence is consent. Of papers, the official who took them in at a counter.
    pub answered_by: Option<Uuid>,
    /// Whether the answer is that no opinion is given, or that a draft is to be corrected.
    pub declined: bool,
    /// Why papers were asked for once more, or more time was taken, for officials.
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

    /// Whether papers that were asked for were taken in by an official, at a counter.
    pub fn is_answered_at_counter(&self) -> bool {
        self.kind == RequestKind::Supplement && self.answered_by.is_some()
    }

    /// Holds what is brought against what is asked for.
    ///
    /// # Errors
    /// The first that is not asked for or stands twice, by its place.
    pub fn asks_for<'a>(&self, components: impl IntoIterator<Item = &'a str>) -> Result<(), (usize, WrongPaper)> {
        let mut before = HashSet::new();
        for (place, component) in components.into_iter().enumerate() {
            if !self.papers.iter().any(|asked| asked.component == component) {
                return Err((place, WrongPaper::NotAsked));
            }
            if !before.insert(component) {
                return Err((place, WrongPaper::Repeated));
            }
        }
        Ok(())
    }

    /// Whether a finished dossier was taken up again for it.
    pub fn is_open_correction(&self) -> bool {
        self.kind == RequestKind::Correction && self.state == RequestState::Open
    }

    /// Whether the applicant's word on a draft is waited for.
    pub fn is_open_draft(&self) -> bool {
        self.kind == RequestKind::Draft && self.state == RequestState::Open
    }

    /// Whether another agency's opinion is waited for.
    pub fn is_open_consultation(&self) -> bool {
        self.kind == RequestKind::Consultation && self.state == RequestState::Open
    }

    /// What it comes to when its dossier moves to `to` without an answer: at its end nothing is waited for any more.
    pub fn closed(&self, to: DossierStatus) -> Self {
        let ends = to.clock() == ClockState::Ended && (self.is_open_consultation() || self.is_open_draft());
        let state = if self.is_open_supplement() || ends { RequestState::Cancelled } else { self.state };
        Self { state, ..self.clone() }
    }

    /// An open request that `official` makes now, without more than its words.
    pub fn made(kind: RequestKind, official: Uuid, now: DateTime<Utc>, text: String) -> Self {
        Self {
            kind,
            state: RequestState::Open,
            asked_of: None,
            asked_by: official,
            asked_at: now,
            text,
            answer_by: None,
            answered_at: None,
            shows_papers: false,
            answer: None,
            answered_by: None,
            declined: false,
            override_reason: None,
            papers: Vec::new(),
        }
    }
}
