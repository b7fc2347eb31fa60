//! The working calendar of a dossier's agency changed: its dates are counted again.

use chrono::{DateTime, TimeDelta, Utc};
use civic::{
    AgencyCode,
    events::{CalendarChanged, DossierNoticed},
};
use diesel_async::AsyncPgConnection;
use edge::audit;
use queue::Job;
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use super::announce;
use crate::{
    app::App,
    domain::dossier::Dossier,
    store::{
        calendars::{self, NATIONAL},
        dossiers,
    },
};

/// When all is looked at once more: what a process decided that had not heard of the change yet.
const ONCE_MORE: TimeDelta = TimeDelta::minutes(1);

/// To count the due dates of open dossiers again, behind one of them. `jobs/recount_due_dates.rs` does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecountDueDates {
    /// Whose calendar changed; the country's when absent, and with it everybody's.
    pub agency: Option<AgencyCode>,
    /// The version that it has since.
    pub version: i64,
    /// Why, as applicants read it.
    pub reason: String,
    /// The last dossier that was looked at; none when nil.
    pub after: Uuid,
    /// Whether it is the second time.
    pub once_more: bool,
}

impl Job for RecountDueDates {
    const KIND: &'static str = "recount_due_dates";
}

impl RecountDueDates {
    /// From the first dossier on.
    pub fn of(told: &CalendarChanged) -> Self {
        let CalendarChanged { agency, version, reason, .. } = told.clone();
        Self { agency, version, reason, after: Uuid::nil(), once_more: false }
    }

    /// Whose calendar it is, as copies are kept.
    pub fn owner(&self) -> &str {
        self.agency.as_ref().map_or(NATIONAL, AgencyCode::as_str)
    }

    /// What is to be done after this, which ended with dossier `last` if there may be more.
    pub fn next(self, last: Option<Uuid>, now: DateTime<Utc>) -> Option<(Self, DateTime<Utc>)> {
        match last {
            Some(after) => Some((Self { after, ..self }, now)),
            None if self.once_more => None,
            None => Some((Self { after: Uuid::nil(), once_more: true, ..self }, now + ONCE_MORE)),
        }
    }
}

/// Counts the dates of dossier `id` again, by the calendar as it is now. Nothing is written when nothing moves.
pub async fn recount(app: &App, conn: &mut AsyncPgConnection, id: Uuid, reason: &str) -> anyhow::Result<()> {
    let Some(before) = dossiers::lock_any(conn, id).await? else { return Ok(()) };
    let pinned = app.procedure(conn, before.procedure_version).await.map_err(|why| anyhow::anyhow!("{why}"))?;
    let calendar = calendars::of_agency(conn, &before.agency).await?.of(&before.agency);
    let now = app.life.clock.now();
    let Some(change) = before.recount(&pinned.procedure, now, &calendar, app.supplement_days)? else { return Ok(()) };
    dossiers::save_with_rows(conn, &before, &change.dossier).await?;
    if let Some(event) = &change.event {
        app.outbox.put(conn, &DossierNoticed { reason: Some(reason.to_owned()), ..event.clone() }).await?;
    }
    announce(app, conn, &change.dossier).await?;
    let due = |dossier: &Dossier| dossier.filed.as_ref().map(|filed| filed.due_at);
    let entry = audit::AuditEntry {
        actor: None,
        action: "dossier.due_recounted",
        subject_type: "dossier",
        subject_id: id.to_string(),
        detail: json!({
            "reason": "CALENDAR",
            "due_before": due(&before),
            "due_after": due(&change.dossier),
            "told": change.event.is_some(),
            "steps": [],
            "version": change.dossier.version,
        }),
    };
    audit::record(conn, &app.life, entry).await?;
    Ok(())
}
