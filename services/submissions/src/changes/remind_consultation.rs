//! The time for an agency's opinion is over: those who answer there are reminded.

use anyhow::anyhow;
use chrono::{DateTime, Utc};
use diesel_async::AsyncPgConnection;
use queue::Job;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{app::App, store::dossiers};

/// To look, when its time is over, whether an agency has answered. `jobs/remind_consultation.rs` does.
#[derive(Debug, Serialize, Deserialize)]
pub struct RemindConsultation {
    /// The dossier.
    pub dossier: Uuid,
    /// The number of the question.
    pub request: i32,
}

impl Job for RemindConsultation {
    const KIND: &'static str = "remind_consultation";
}

/// Tells that it is late, unless it is not waited for any more. Gives until when it is, if its time is not over.
pub async fn remind_consultation(
    app: &App,
    conn: &mut AsyncPgConnection,
    job: &RemindConsultation,
) -> anyhow::Result<Option<DateTime<Utc>>> {
    let Some(dossier) = dossiers::lock_any(conn, job.dossier).await? else { return Ok(None) };
    let pinned = app.procedure(conn, dossier.procedure_version).await.map_err(|why| anyhow!("{why}"))?;
    match dossier.late_consultation(&pinned.procedure, job.request, app.life.clock.now())? {
        Some(late) => app.outbox.put(conn, &late).await.map(|_| None).map_err(Into::into),
        None => Ok(dossier.consultation_due(job.request)),
    }
}
