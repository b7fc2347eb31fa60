//! How a dossier's view shows what was asked about it.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use civic::{AgencyCode, DossierStatus, LocalText};
use procedure::Procedure;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    api::references::AgencyReference,
    domain::{
        clock::{Period, PeriodKind},
        dossier::Dossier,
        intake::HandedPaper,
        request::{AskedPaper, Request, RequestKind, RequestState},
    },
    store::{documents::Document, request_files::RequestFile},
};

/// What was asked about a dossier.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DossierRequest)]
pub struct RequestView {
    /// Its number, from 1.
    #[schema(minimum = 1)]
    number: i32,
    kind: RequestKind,
    state: RequestState,
    asked_at: DateTime<Utc>,
    /// What the applicant reads: what else is said with a request for papers, the reason of an extension. Empty when there is nothing.
    message: String,
    /// Until when an answer is waited for; of an apology, when the result is promised.
    answer_by: Option<DateTime<Utc>>,
    answered_at: Option<DateTime<Utc>>,
    /// Whether the papers were brought to a counter, and an official took them in.
    at_counter: bool,
    /// Whether its time was over without an answer: of a draft, that is consent.
    lapsed: bool,
    /// When the result was due before it; none when no time ran.
    due_before: Option<DateTime<Utc>>,
    /// When it is due after it; none while an answer is waited for.
    due_after: Option<DateTime<Utc>>,
    /// Why papers were asked for once more, for officials.
    #[serde(skip_serializing_if = "Option::is_none")]
    override_reason: Option<String>,
    papers: Vec<AskedPaperView>,
    /// The agency that is asked for its opinion.
    asked_of: Option<AgencyReference>,
    /// Whether it sees applicant, answers and papers; for officials.
    #[serde(skip_serializing_if = "Option::is_none")]
    shows_papers: Option<bool>,
    /// What it answered; for officials. What the applicant answered to a draft.
    #[serde(skip_serializing_if = "Option::is_none")]
    answer: Option<String>,
    /// Whether it gave no opinion; of a draft, whether the applicant wants it corrected.
    declined: bool,
    /// What came with its answer; for officials. The draft that is to be confirmed.
    files: Vec<RequestFileView>,
}

/// A document that came with an agency's opinion.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DossierRequestFile)]
pub struct RequestFileView {
    id: Uuid,
    #[schema(example = "Văn bản trả lời.pdf")]
    file_name: String,
    #[schema(example = "application/pdf")]
    media_type: String,
    /// Its size in bytes.
    #[schema(minimum = 1)]
    size: i64,
    uploaded_at: DateTime<Utc>,
}

impl From<&RequestFile> for RequestFileView {
    fn from(file: &RequestFile) -> Self {
        Self {
            id: file.id,
            file_name: file.file_name.clone(),
            media_type: file.media_type.clone(),
            size: file.size,
            uploaded_at: file.uploaded_at,
        }
    }
}

/// What is known beside the dossier of what was asked about it.
pub struct Opinions {
    /// The agencies that were asked, by code.
    pub agencies: HashMap<String, LocalText>,
    /// What came with their answers.
    pub files: Vec<RequestFile>,
    /// The papers that were handed in at a counter, each with the request that it answers.
    pub handed: Vec<(i32, HandedPaper)>,
}

/// A paper that was asked for.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DossierAskedPaper)]
pub struct AskedPaperView {
    /// Which of the procedure's components it is.
    #[schema(example = "GIAY_CHUNG_SINH")]
    component: String,
    name: LocalText,
    reason: String,
    guidance: String,
    /// The documents that answer it.
    documents: Vec<Uuid>,
    /// How many originals were handed in at a counter.
    #[schema(minimum = 0)]
    originals: i16,
    /// How many copies were.
    #[schema(minimum = 0)]
    copies: i16,
}

impl RequestView {
    /// The requests about a dossier with these documents, as an official or its applicant sees them.
    pub fn all(
        dossier: &Dossier,
        procedure: &Procedure,
        documents: &[Document],
        opinions: &Opinions,
        official: bool,
    ) -> Vec<Self> {
        let view = |(number, request): (i32, &Request)| {
            let (pause, is_draft) = (pause(dossier, request), request.kind == RequestKind::Draft);
            Self {
                number,
                kind: request.kind,
                state: request.state,
                asked_at: request.asked_at,
                // What agencies say to each other is theirs.
                message: if official || request.kind != RequestKind::Consultation {
                    request.text.clone()
                } else {
                    String::new()
                },
                answer_by: request.answer_by,
                answered_at: request.answered_at,
                at_counter: request.is_answered_at_counter(),
                lapsed: is_draft && request.state == RequestState::Answered && request.answered_by.is_none(),
                due_before: pause.and_then(|pause| pause.due_before),
                due_after: pause.and_then(|pause| pause.due_after),
                override_reason: request.override_reason.clone().filter(|_| official),
                papers: request
                    .papers
                    .iter()
                    .map(|paper| asked(number, paper, procedure, documents, &opinions.handed))
                    .collect(),
                asked_of: request.asked_of.as_ref().map(|agency| opinions.agency(agency)),
                shows_papers: (official && request.kind == RequestKind::Consultation).then_some(request.shows_papers),
                answer: request.answer.clone().filter(|_| official || is_draft),
                declined: request.declined,
                files: if official || is_draft { opinions.files_of(number) } else { Vec::new() },
            }
        };
        (1..).zip(&dossier.requests).map(view).collect()
    }

    /// The request for papers that is open, as the applicant sees it.
    pub fn open_supplement(dossier: &Dossier, procedure: &Procedure, documents: &[Document]) -> Option<Self> {
        let (open, _) = dossier.open_supplement()?;
        let nobody = Opinions { agencies: HashMap::new(), files: Vec::new(), handed: Vec::new() };
        Self::all(dossier, procedure, documents, &nobody, false).into_iter().find(|view| view.number == open)
    }
}

impl Opinions {
    fn agency(&self, code: &AgencyCode) -> AgencyReference {
        let unnamed = || LocalText::new(code.as_str(), code.as_str());
        let name = self.agencies.get(code.as_str()).cloned().unwrap_or_else(unnamed);
        AgencyReference { code: code.to_string(), name }
    }

    fn files_of(&self, number: i32) -> Vec<RequestFileView> {
        self.files.iter().filter(|file| file.request == number).map(RequestFileView::from).collect()
    }
}

/// The time that stood still for a request, or the date that it put off.
fn pause<'a>(dossier: &'a Dossier, request: &Request) -> Option<&'a Period> {
    let own = dossier.clock.0.iter().filter(|period| period.from == request.asked_at);
    match request.kind {
        RequestKind::Supplement => {
            let waits = PeriodKind::Paused(DossierStatus::SupplementRequested);
            let mut own = own;
            own.find(|period| period.kind == waits)
        }
        RequestKind::Extension => {
            // Of several in one moment each has its own.
            let earlier = dossier.requests.iter().take_while(|other| *other != request);
            let earlier = earlier.filter(|other| other.kind == request.kind && other.asked_at == request.asked_at);
            let mut put_off = own.filter(|period| {
                period.kind == PeriodKind::Running && period.due_before.is_some() && !period.recounted
            });
            put_off.nth(earlier.count())
        }
        RequestKind::Consultation | RequestKind::Correction | RequestKind::Draft | RequestKind::Apology => None,
    }
}

fn asked(
    number: i32,
    paper: &AskedPaper,
    procedure: &Procedure,
    documents: &[Document],
    handed: &[(i32, HandedPaper)],
) -> AskedPaperView {
    let answers = |document: &&Document| document.request == Some(number) && document.component == paper.component;
    let handed = handed.iter().find(|(request, handed)| *request == number && handed.component == paper.component);
    AskedPaperView {
        originals: handed.map_or(0, |(_, handed)| handed.originals),
        copies: handed.map_or(0, |(_, handed)| handed.copies),
        component: paper.component.clone(),
        name: paper.name(procedure),
        reason: paper.reason.clone(),
        guidance: paper.guidance.clone(),
        documents: documents.iter().filter(answers).map(|document| document.id).collect(),
    }
}
