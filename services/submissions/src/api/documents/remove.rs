//! `DELETE /api/v1/dossiers/{id}/documents/{document_id}`

use actix_web::{delete, web};
use edge::{Applicant, IfMatch, OptionalIfMatchHeader, Problem, Reply, kinds};
use uuid::Uuid;

use crate::{app::App, changes::remove_document::remove_document as remove, error, store::dossiers::Reader};

edge::failures![kinds::FORBIDDEN, error::DOSSIER_NOT_FOUND, error::DOCUMENT_NOT_FOUND, error::NOT_A_DRAFT];

/// Remove a document
///
/// Takes a document out of a draft, or out of what is to answer the open request about a filed dossier.
#[utoipa::path(
    operation_id = "remove_document",
    tag = "documents",
    params(
        ("id" = Uuid, Path, description = "The dossier"),
        ("document_id" = Uuid, Path, description = "The document"),
        OptionalIfMatchHeader,
    ),
    responses((status = 204, description = "It is gone"), Failures),
    security(("bearer" = []))
)]
#[delete("/api/v1/dossiers/{id}/documents/{document_id}")]
pub async fn remove_document(
    app: web::Data<App>,
    applicant: Applicant,
    path: web::Path<(Uuid, Uuid)>,
    version: Option<IfMatch>,
) -> Result<Reply, Problem> {
    let (version, reader) = (version.as_ref(), Reader::Party(applicant.party));
    let removed =
        app.pool.transaction(async |conn| remove(&app, conn, *path, &reader, version, &applicant.caller).await);
    let key = removed.await?;
    app.files.discard(&key).await;
    Ok(Reply::no_content())
}
