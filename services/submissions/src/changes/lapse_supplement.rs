//! The time in which papers were waited for is over: the dossier is not received, or the work on it stopped.

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

/// To look, when its time is over, whether a request was answered. `jobs/lapse_supplement.rs` does.
#[derive(Debug, Serialize, Deserialize)]
pub struct LapseSupplement {
    /// The dossier.
    pub dossier: Uuid,
    /// The number of the request.
    pub request: i32,
}

impl Job for LapseSupplement {
    const KIND: &'static str = "lapse_supplement";
}

/// Moves the dossier on, unless the request is not waited for any more. Gives until when it is, if its time is not over by the cautious
/// clock.
pub async fn lapse_supplement(
    app: &App,
    conn: &mut AsyncPgConnection,
    job: &LapseSupplement,
) -> anyhow::Result<Option<DateTime<Utc>>> {
    let Some(dossier) = dossiers::lock_any(conn, job.dossier).await? else { return Ok(None) };
    let pinned = app.procedure(conn, dossier.procedure_version).await.map_err(|why| anyhow!("{why}"))?;
    let now = app.life.clock.cautious();
    let change = dossier.lapse_supplement(&pinned.procedure, job.request, now, &app.calendars.of(&dossier.agency))?;
    let Some(change) = change else {
        let open = dossier.open_supplement().filter(|(number, _)| *number == job.request);
        return Ok(open.and_then(|(_, open)| open.answer_by));
    };
    let cause = Cause { actor: None, action: "dossier.supplement_lapsed", remarks: Remarks::default() };
    record(app, conn, &dossier, &change, cause).await?;
    Ok(None)
}
