//! The answers of a draft are replaced.

use chrono::{DateTime, Utc};
use diesel_async::AsyncPgConnection;
use edge::{IfMatch, Problem};
use uuid::Uuid;

use crate::{
    domain::dossier::Dossier,
    error,
    store::{
        dossiers::{self, Reader},
        drafts,
    },
};

/// Replaces the answers of the draft `id`, which fit its form; gives it as it is then.
pub async fn answer(
    conn: &mut AsyncPgConnection,
    id: Uuid,
    reader: &Reader,
    version: &IfMatch,
    answers: String,
    now: DateTime<Utc>,
) -> Result<Dossier, Problem> {
    let dossier = dossiers::lock(conn, id, reader).await?.ok_or(error::DOSSIER_NOT_FOUND)?;
    may_change(&dossier, version)?;
    let dossier = Dossier { answers, ..dossier.changed() };
    dossiers::save_answers(conn, &dossier).await?;
    drafts::touch(conn, id, now).await?;
    Ok(dossier)
}

/// Whether answers made from this version may replace the dossier's.
pub fn may_change(dossier: &Dossier, version: &IfMatch) -> Result<(), Problem> {
    dossier.may_be_edited()?;
    version.check(dossier.version)
}
