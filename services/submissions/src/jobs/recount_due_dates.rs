//! Due dates are counted again by a calendar that changed: so many a run, each dossier in a transaction of its own.

use queue::{JobError, Run};
use uuid::Uuid;

use crate::{
    app::App,
    changes::recount::{RecountDueDates, recount},
    store::{calendars, dossiers},
};

/// Dossiers a run.
const BATCH: i64 = 200;

/// Counts a batch again, and leaves the next one to another job. Done again, it finds nothing to do.
pub async fn run(app: &App, job: RecountDueDates, _: Run) -> Result<(), JobError> {
    let failed = |why: anyhow::Error| JobError::Retry(format!("{why:#}"));
    let (known, ids) = batch(app, &job).await?;
    // A later change has a job of its own.
    if known > job.version {
        return Ok(());
    }
    for id in &ids {
        app.pool.transaction(async |conn| recount(app, conn, *id, &job.reason).await).await.map_err(failed)?;
    }
    let Some((next, when)) =
        job.next(ids.last().filter(|_| i64::try_from(ids.len()) == Ok(BATCH)).copied(), app.life.clock.now())
    else {
        return Ok(());
    };
    app.pool.transaction(async |conn| queue::enqueue(conn, &app.life, &next, when).await).await?;
    Ok(())
}

/// The version of the calendar that is known by now, and the dossiers to look at.
async fn batch(app: &App, job: &RecountDueDates) -> Result<(i64, Vec<Uuid>), pg::Error> {
    let conn = &mut *app.pool.get().await?;
    let known = calendars::version(conn, job.owner()).await?;
    Ok((known, dossiers::open_after(conn, job.agency.as_ref(), job.after, BATCH).await?))
}
