//! How a dossier's view shows what was asked about it.

use chrono::{DateTime, Utc};
use civic::{DossierStatus, LocalText};
use procedure::Procedure;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    domain::{
        clock::{Period, PeriodKind},
        dossier::Dossier,
        request::{AskedPaper, Request, RequestKind, RequestState},
    },
    store::documents::Document,
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
    /// Until when an answer is waited for.
    answer_by: Option<DateTime<Utc>>,
    answered_at: Option<DateTime<Utc>>,
    /// When the result was due before it; none when no time ran.
    due_before: Option<DateTime<Utc>>,
    /// When it is due after it; none while an answer is waited for.
    due_after: Option<DateTime<Utc>>,
    /// Why papers were asked for once more, for officials.
    #[serde(skip_serializing_if = "Option::is_none")]
    override_reason: Option<String>,
    papers: Vec<AskedPaperView>,
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
}

impl RequestView {
    /// The requests about a dossier with these documents, as an official or its applicant sees them.
    pub fn all(dossier: &Dossier, procedure: &Procedure, documents: &[Document], official: bool) -> Vec<Self> {
        let view = |(number, request): (i32, &Request)| {
            let pause = pause(dossier, request);
            Self {
                number,
                kind: request.kind,
                state: request.state,
                asked_at: request.asked_at,
                message: request.text.clone(),
                answer_by: request.answer_by,
                answered_at: request.answered_at,
                due_before: pause.and_then(|pause| pause.due_before),
                due_after: pause.and_then(|pause| pause.due_after),
                override_reason: request.override_reason.clone().filter(|_| official),
                papers: request.papers.iter().map(|paper| asked(number, paper, procedure, documents)).collect(),
            }
        };
        (1..).zip(&dossier.requests).map(view).collect()
    }
}

/// The time that stood still for a request, or that it put off.
fn pause<'a>(dossier: &'a Dossier, request: &Request) -> Option<&'a Period> {
    let kind = match request.kind {
        RequestKind::Supplement => PeriodKind::Paused(DossierStatus::SupplementRequested),
        RequestKind::Extension => PeriodKind::Running,
        RequestKind::Consultation | RequestKind::Correction | RequestKind::DraftConfirmation => return None,
    };
    dossier.clock.0.iter().find(|period| period.kind == kind && period.from == request.asked_at)
}

fn asked(number: i32, paper: &AskedPaper, procedure: &Procedure, documents: &[Document]) -> AskedPaperView {
    let answers = |document: &&Document| document.request == Some(number) && document.component == paper.component;
    AskedPaperView {
        component: paper.component.clone(),
        name: paper.name(procedure),
        reason: paper.reason.clone(),
        guidance: paper.guidance.clone(),
        documents: documents.iter().filter(answers).map(|document| document.id).collect(),
    }
}
