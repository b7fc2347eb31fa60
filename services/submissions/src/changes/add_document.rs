//! A paper is added to a draft, or to what answers a request.

use diesel_async::AsyncPgConnection;
use edge::Problem;

use super::announce;
use crate::{
    app::App,
    error,
    store::{
        documents::{self, Document},
        dossiers::{self, Reader},
        drafts,
    },
};

/// Names an uploaded paper in a row of its draft, or of the dossier whose open request it answers; gives it as it is kept.
pub async fn add_document(
    app: &App,
    conn: &mut AsyncPgConnection,
    document: Document,
    reader: &Reader,
) -> Result<Document, Problem> {
    let dossier = dossiers::lock(conn, document.dossier, reader).await?.ok_or(error::DOSSIER_NOT_FOUND)?;
    let documents = documents::count(conn, dossier.id).await?;
    dossier.may_take_document(usize::try_from(documents).unwrap_or(usize::MAX))?;
    let document = Document { request: dossier.answers_request(&document.component)?, ..document };
    documents::insert(conn, &document).await?;
    drafts::touch(conn, dossier.id, document.uploaded_at).await?;
    let dossier = dossier.changed();
    dossiers::save(conn, &dossier).await?;
    announce(app, conn, &dossier).await?;
    Ok(document)
}
