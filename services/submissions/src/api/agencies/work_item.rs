//! How a dossier looks in an agency's lists.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use civic::{DossierStatus, LocalText, OfficialRole, WorkingCalendar};
use diesel_async::AsyncPgConnection;
use edge::Problem;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    api::references::{OfficialReference, ProcedureReference},
    domain::workload::{self, Urgency},
    store::{history, lists::Entry, staff, workload::COUNTED},
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
    /// Until when the agency answers it, while it waits to be received.
    answer_by: Option<DateTime<Utc>>,
    /// How much it hurries: towards `answer_by`, or else `due_at`.
    urgency: Urgency,
    /// The stage of the process that it is in, by code; none when it was not received yet.
    stage: Option<String>,
    /// Whose part that is.
    stage_role: Option<OfficialRole>,
    /// By when that stage is due.
    stage_due_at: Option<DateTime<Utc>>,
    /// Who has it; none while nobody does.
    holder: Option<OfficialReference>,
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
    /// Rows as they look at `now`, with who has each.
    ///
    /// # Errors
    /// When a stored status is none, or a name cannot be read.
    pub async fn all(
        conn: &mut AsyncPgConnection,
        rows: Vec<Entry>,
        now: DateTime<Utc>,
        calendar: &WorkingCalendar,
    ) -> Result<Vec<Self>, Problem> {
        let holders: Vec<_> = rows.iter().filter_map(|(row, ..)| row.holder).collect();
        let names = staff::names(conn, &holders).await?;
        let shown: Vec<_> = rows.iter().map(|(row, ..)| row.id).collect();
        let registered = history::registered_since(conn, &shown).await?;
        let item = |entry: Entry| {
            let registered = registered.get(&entry.0.id).copied();
            Self::of(entry, registered, &names, now, calendar)
        };
        rows.into_iter().map(item).collect()
    }

    fn of(
        (row, procedure, _): Entry,
        registered: Option<DateTime<Utc>>,
        names: &HashMap<Uuid, String>,
        now: DateTime<Utc>,
        calendar: &WorkingCalendar,
    ) -> Result<Self, Problem> {
        let status = row.status.parse().map_err(anyhow::Error::from)?;
        let answer_by = registered.and_then(|since| workload::answer_by(status, since, calendar));
        Ok(Self {
            id: row.id,
            code: row.code,
            status,
            answer_by,
            urgency: match answer_by {
                Some(until) => Urgency::of_answer(until, now, calendar),
                None => Urgency::of(status, row.due_at, row.completed_at, now, calendar),
            },
            procedure: ProcedureReference {
                code: procedure.procedure,
                version: procedure.version,
                name: LocalText { vi: procedure.name_vi, en: procedure.name_en },
            },
            applicant_name: row.applicant_name,
            submitted_at: row.submitted_at,
            received_at: row.received_at,
            due_at: row.due_at,
            stage: row.stage,
            stage_role: row.stage_role,
            stage_due_at: row.stage_due_at,
            holder: row.holder.map(|id| OfficialReference::of(id, names)),
        })
    }
}
