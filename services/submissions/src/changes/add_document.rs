//! A paper is added to a draft, or to what answers a request.

use diesel_async::AsyncPgConnection;
use edge::{Caller, IfMatch, Problem, audit};
use serde_json::json;
use uuid::Uuid;

use super::{announce, found, found_to_handle};
use crate::{
    app::App,
    domain::dossier::Dossier,
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
    version: Option<&IfMatch>,
    actor: &Caller,
) -> Result<Document, Problem> {
    let dossier = found(conn, document.dossier, reader, version).await?;
    let answers = dossier.open_supplement().map(|(number, _)| number);
    let documents = documents::count(conn, dossier.id, answers).await?;
    dossier.may_take_document(usize::try_from(documents).unwrap_or(usize::MAX))?;
    let document = Document { request: dossier.answers_request(&document.component)?, ..document };
    documents::insert(conn, &document).await?;
    drafts::touch(conn, dossier.id, document.uploaded_at).await?;
    let dossier = dossier.changed();
    dossiers::save(conn, &dossier).await?;
    announce(app, conn, &dossier).await?;
    note_paper(app, conn, &dossier, document.id, actor, "document.supplied").await?;
    Ok(document)
}

/// Names a scan of a paper that was handed in to an official; gives it as it is kept.
pub async fn add_scan(
    app: &App,
    conn: &mut AsyncPgConnection,
    document: Document,
    reader: &Reader,
    version: Option<&IfMatch>,
    actor: &Caller,
) -> Result<Document, Problem> {
    let dossier = found_to_handle(conn, document.dossier, reader, version, actor).await?;
    let answers = dossier.scan_answers(&document.component);
    let documents = documents::count(conn, dossier.id, answers).await?;
    dossier.may_take_scan(answers, usize::try_from(documents).unwrap_or(usize::MAX))?;
    let document = Document { request: answers, ..document };
    documents::insert(conn, &document).await?;
    let dossier = dossier.changed();
    dossiers::save(conn, &dossier).await?;
    announce(app, conn, &dossier).await?;
    note_paper(app, conn, &dossier, document.id, actor, "document.scanned").await?;
    Ok(document)
}

/// Notes in the audit log what became of a paper of a filed dossier. A draft is its applicant's own business.
pub(super) async fn note_paper(
    app: &App,
    conn: &mut AsyncPgConnection,
    dossier: &Dossier,
    document: Uuid,
    actor: &Caller,
    action: &'static str,
) -> Result<(), Problem> {
    if dossier.filed.is_none() {
        return Ok(());
    }
    let entry = audit::AuditEntry {
        actor: Some(actor),
        action,
        subject_type: "dossier",
        subject_id: dossier.id.to_string(),
        detail: json!({"document": document, "version": dossier.version}),
    };
    Ok(audit::record(conn, &app.life, entry).await?)
}
