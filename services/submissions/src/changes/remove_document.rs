//! A paper is taken out of a draft.

use chrono::{DateTime, Utc};
use diesel_async::AsyncPgConnection;
use edge::Problem;
use uuid::Uuid;

use crate::{
    error,
    store::{
        documents,
        dossiers::{self, Reader},
        drafts,
    },
};

/// Takes the document out; gives the key of its bytes, which nothing refers to any more.
pub async fn remove_document(
    conn: &mut AsyncPgConnection,
    dossier: Uuid,
    document: Uuid,
    reader: &Reader,
    now: DateTime<Utc>,
) -> Result<String, Problem> {
    let dossier = dossiers::lock(conn, dossier, reader).await?.ok_or(error::DOSSIER_NOT_FOUND)?;
    dossier.may_be_edited()?;
    let key = documents::delete(conn, dossier.id, document).await?.ok_or(error::DOCUMENT_NOT_FOUND)?;
    dossiers::save(conn, &dossier.changed()).await?;
    drafts::touch(conn, dossier.id, now).await?;
    Ok(key)
}
