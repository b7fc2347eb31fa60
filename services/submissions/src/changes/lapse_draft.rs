//! The time in which a draft is confirmed is over: silence is consent.

use anyhow::anyhow;
use chrono::{DateTime, Utc};
use diesel_async::AsyncPgConnection;
use queue::Job;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Cause, record};
use crate::{
    app::App,
    store::{dossiers, history::Remarks},
};

/// To look, when its time is over, whether a draft was answered. `jobs/lapse_draft.rs` does.
#[derive(Debug, Serialize, Deserialize)]
pub struct LapseDraft {
    /// The dossier.
    pub dossier: Uuid,
    /// The number of the draft among its requests.
    pub request: i32,
}

impl Job for LapseDraft {
    const KIND: &'static str = "lapse_draft";
}

/// Takes silence for consent, unless the draft is not waited for any more. Gives until when it is, if its time is not over by the cautious
/// clock.
pub async fn lapse_draft(
    app: &App,
    conn: &mut AsyncPgConnection,
    job: &LapseDraft,
) -> anyhow::Result<Option<DateTime<Utc>>> {
    let Some(dossier) = dossiers::lock_any(conn, job.dossier).await? else { return Ok(None) };
    let pinned = app.procedure(conn, dossier.procedure_version).await.map_err(|why| anyhow!("{why}"))?;
    let Some(change) = dossier.lapse_draft(&pinned.procedure, job.request, app.life.clock.cautious())? else {
        let open = dossier.open_draft().filter(|(number, _)| *number == job.request);
        return Ok(open.and_then(|(_, open)| open.answer_by));
    };
    let cause = Cause { actor: None, action: "dossier.draft_lapsed", remarks: Remarks::default() };
    record(app, conn, &dossier, &change, cause).await?;
    Ok(None)
}
