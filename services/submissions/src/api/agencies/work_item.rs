//! How a dossier looks in an agency's lists.

use chrono::{DateTime, Utc};
use civic::{DossierStatus, LocalText, WorkingCalendar};
use edge::Problem;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    api::references::ProcedureReference,
    domain::workload::Urgency,
    store::{lists::Entry, workload::COUNTED},
};

/// A dossier in an agency's work list.
#[derive(Debug, Serialize, ToSchema)]
pub struct WorkItem {
    /// Its id.
    id: Uuid,
    /// Its code.
    code: Option<String>,
    /// Where it stands.
    status: DossierStatus,
    /// The procedure.
    procedure: ProcedureReference,
    /// Whose it is.
    applicant_name: String,
    /// When it was filed.
    submitted_at: Option<DateTime<Utc>>,
    /// When it was received.
    received_at: Option<DateTime<Utc>>,
    /// When its result is due.
    due_at: Option<DateTime<Utc>>,
    /// How much it hurries.
    urgency: Urgency,
}

/// A number that is not counted further than to 1000.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = BoundedDossierCount)]
pub struct BoundedCount {
    /// How many there are, or 1000 when there are more.
    #[schema(minimum = 0, maximum = 1000)]
    dossiers: i64,
    /// Whether there are more.
    more: bool,
}

impl From<i64> for BoundedCount {
    fn from(counted: i64) -> Self {
        Self { dossiers: counted.min(COUNTED), more: counted > COUNTED }
    }
}

impl WorkItem {
    /// A row as it looks at `now`.
    ///
    /// # Errors
    /// When the stored status is none.
    pub fn of((row, procedure, _): Entry, now: DateTime<Utc>, calendar: &WorkingCalendar) -> Result<Self, Problem> {
        let status = row.status.parse().map_err(anyhow::Error::from)?;
        Ok(Self {
            id: row.id,
            code: row.code,
            status,
            urgency: Urgency::of(status, row.due_at, now, calendar),
            procedure: ProcedureReference {
                code: procedure.procedure,
                version: procedure.version,
                name: LocalText { vi: procedure.name_vi, en: procedure.name_en },
            },
            applicant_name: row.applicant_name,
            submitted_at: row.submitted_at,
            received_at: row.received_at,
            due_at: row.due_at,
        })
    }
}
