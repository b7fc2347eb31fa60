//! How a draft is shown.

use chrono::{DateTime, NaiveDate, Utc};
use civic::{LocalText, ProcedureCode};
use edge::{Problem, Reply};
use procedure::{Fault, Procedure};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    changes::drafts::standing,
    domain::draft::{DraftAction, DraftState},
    store::drafts::Draft,
};

/// How far a version on its way to being published has come.
#[derive(Serialize, ToSchema)]
pub struct ProcedureDraftSummary {
    /// The draft.
    id: Uuid,
    /// The procedure.
    procedure: ProcedureCode,
    /// What the version calls it.
    name: LocalText,
    /// How far it has come.
    state: DraftState,
    /// Who wrote it last.
    written_by: String,
    /// When.
    written_at: DateTime<Utc>,
    /// Who handed it to a second controller; `null` while it is written.
    submitted_by: Option<String>,
    /// When.
    submitted_at: Option<DateTime<Utc>>,
    /// Who sent it back, if somebody did since it was submitted last.
    sent_back_by: Option<String>,
    /// When.
    sent_back_at: Option<DateTime<Utc>>,
    /// Why.
    sent_back_reason: Option<String>,
    /// Who approved it.
    approved_by: Option<String>,
    /// When.
    approved_at: Option<DateTime<Utc>>,
    /// Who announced it.
    published_by: Option<String>,
    /// When.
    published_at: Option<DateTime<Utc>>,
    /// The decision by which it is announced.
    #[schema(example = "1234/QĐ-UBND")]
    decision: Option<String>,
    /// The day from which it is in force.
    in_force_from: Option<NaiveDate>,
    /// The number that it was published as; `null` until it is in force.
    #[schema(minimum = 1)]
    published_version: Option<i32>,
}

/// A version on its way to being published.
#[derive(Serialize, ToSchema)]
#[schema(as = ProcedureDraft)]
pub struct ProcedureDraftView {
    #[serde(flatten)]
    summary: ProcedureDraftSummary,
    /// All that it says.
    document: Procedure,
    /// What keeps it from working: it cannot be submitted while there is something.
    faults: Vec<Fault>,
    /// What the reader can do with it now.
    actions: Vec<DraftAction>,
}

impl ProcedureDraftSummary {
    /// What is shown of a draft in a list.
    ///
    /// # Errors
    /// When what it says cannot be read.
    pub fn of(draft: Draft) -> Result<Self, Problem> {
        let procedure = draft.said()?;
        Ok(Self::named(draft, procedure.name))
    }

    fn named(draft: Draft, name: LocalText) -> Self {
        Self {
            id: draft.id,
            procedure: draft.procedure,
            name,
            state: draft.state,
            written_by: draft.written_by,
            written_at: draft.written_at,
            submitted_by: draft.submitted_by,
            submitted_at: draft.submitted_at,
            sent_back_by: draft.sent_back_by,
            sent_back_at: draft.sent_back_at,
            sent_back_reason: draft.sent_back_reason,
            approved_by: draft.approved_by,
            approved_at: draft.approved_at,
            published_by: draft.published_by,
            published_at: draft.published_at,
            decision: draft.decision,
            in_force_from: draft.in_force_from,
            published_version: draft.published_version,
        }
    }
}

impl ProcedureDraftView {
    /// The draft as `reader` sees it.
    ///
    /// # Errors
    /// When what it says cannot be read.
    pub fn of(draft: Draft, reader: Uuid) -> Result<Self, Problem> {
        let document = draft.said()?;
        let faults = document.faults();
        let actions = standing(&draft, &faults).actions(reader);
        let summary = ProcedureDraftSummary::named(draft, document.name.clone());
        Ok(Self { summary, document, faults, actions })
    }

    /// The draft with its version.
    ///
    /// # Errors
    /// As [`Self::of`].
    pub fn reply(draft: Draft, reader: Uuid) -> Result<Reply, Problem> {
        let version = draft.version;
        Ok(Reply::ok(&Self::of(draft, reader)?).version(version))
    }
}
