//! A paper is taken out of a draft, or of what is to answer a request.

use diesel_async::AsyncPgConnection;
use edge::{Caller, IfMatch, Problem};
use uuid::Uuid;

use super::{add_document::note_paper, announce, found};
use crate::{
    app::App,
    error,
    store::{
        documents,
        dossiers::{self, Reader},
        drafts,
    },
};

/// Takes the document out; gives the key of its bytes, which nothing refers to any more.
pub async fn remove_document(
    app: &App,
    conn: &mut AsyncPgConnection,
    (dossier, document): (Uuid, Uuid),
    reader: &Reader,
    version: Option<&IfMatch>,
    actor: &Caller,
) -> Result<String, Problem> {
    let dossier = found(conn, dossier, reader, version).await?;
    let found = documents::find(conn, dossier.id, document).await?.ok_or(error::DOCUMENT_NOT_FOUND)?;
    dossier.may_lose_document(found.request)?;
    let key = documents::delete(conn, dossier.id, document).await?.ok_or(error::DOCUMENT_NOT_FOUND)?;
    drafts::touch(conn, dossier.id, app.life.clock.now()).await?;
    let dossier = dossier.changed();
    dossiers::save(conn, &dossier).await?;
    announce(app, conn, &dossier).await?;
    note_paper(app, conn, &dossier, document, actor, "document.taken_back").await?;
    Ok(key)
}
