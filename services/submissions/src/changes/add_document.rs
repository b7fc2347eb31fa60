//! A paper is added to a draft.

use diesel_async::AsyncPgConnection;
use edge::Problem;

use crate::{
    error,
    store::{
        documents::{self, Document},
        dossiers::{self, Reader},
        drafts,
    },
};

/// Names an uploaded paper in a row of its draft.
pub async fn add_document(conn: &mut AsyncPgConnection, document: &Document, reader: &Reader) -> Result<(), Problem> {
    let dossier = dossiers::lock(conn, document.dossier, reader).await?.ok_or(error::DOSSIER_NOT_FOUND)?;
    let documents = documents::count(conn, dossier.id).await?;
    dossier.may_take_document(usize::try_from(documents).unwrap_or(usize::MAX))?;
    documents::insert(conn, document).await?;
    dossiers::save(conn, &dossier.changed()).await?;
    drafts::touch(conn, dossier.id, document.uploaded_at).await?;
    Ok(())
}
