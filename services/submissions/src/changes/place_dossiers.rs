//! Dossiers that a version before received get their place in their process, so that lists find them.

use anyhow::Result;
use diesel_async::AsyncPgConnection;
use uuid::Uuid;

use super::{Cause, record};
use crate::{
    app::App,
    store::{dossiers, history::Remarks},
};

/// Dossiers at a time.
const BATCH: i64 = 100;

/// Gives every dossier in hand its place that has none and whose process has stages.
///
/// # Errors
/// When the database does not answer.
pub async fn place_dossiers(app: &App) -> Result<()> {
    let mut after = Uuid::nil();
    loop {
        let batch = dossiers::without_place(&mut *app.pool.get().await?, after, BATCH).await?;
        let Some(last) = batch.last() else { return Ok(()) };
        after = *last;
        for id in batch {
            app.pool.transaction(async |conn| place(app, conn, id).await).await?;
        }
    }
}

async fn place(app: &App, conn: &mut AsyncPgConnection, id: Uuid) -> Result<()> {
    let Some(dossier) = dossiers::lock_any(conn, id).await? else { return Ok(()) };
    let pinned = app.procedure(conn, dossier.procedure_version).await.map_err(anyhow::Error::msg)?;
    let Some(change) = dossier.placed(&pinned.procedure, app.life.clock.now()) else { return Ok(()) };
    let cause = Cause { actor: None, action: "dossier.placed", remarks: Remarks::default() };
    record(app, conn, &dossier, &change, cause).await
}
