//! Dossiers that a version before filed get the words by which they are found.

use anyhow::Result;
use uuid::Uuid;

use crate::{
    app::App,
    store::{dossiers, words},
};

/// Dossiers at a time.
const BATCH: i64 = 200;

/// Writes the words of every filed dossier that has none.
///
/// # Errors
/// When the database does not answer.
pub async fn word_dossiers(app: &App) -> Result<()> {
    let mut after = Uuid::nil();
    loop {
        let mut conn = app.pool.get().await?;
        let batch = dossiers::without_words(&mut conn, after, BATCH).await?;
        let Some(last) = batch.last() else { return Ok(()) };
        after = last.id;
        for dossier in &batch {
            let pinned = app.procedure(&mut conn, dossier.procedure_version).await.map_err(anyhow::Error::msg)?;
            let answers = serde_json::from_str(&dossier.answers).unwrap_or_default();
            words::put(&mut conn, dossier.id, &dossier.words(&pinned.procedure, &answers)).await?;
        }
    }
}
