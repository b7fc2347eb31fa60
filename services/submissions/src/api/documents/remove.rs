//! `DELETE /api/v1/dossiers/{id}/documents/{document_id}`

use actix_web::{delete, web};
use edge::{Applicant, Problem, Reply};
use uuid::Uuid;

use crate::{
    app::App,
    error,
    store::{
        documents,
        dossiers::{self, Reader},
    },
};

/// Takes a document out of a draft.
#[utoipa::path(
    operation_id = "remove_document",
    tag = "documents",
    summary = "Remove a document",
    params(
        ("id" = Uuid, Path, description = "The dossier"),
        ("document_id" = Uuid, Path, description = "The document"),
    ),
    responses((status = 204, description = "It is gone")),
    security(("bearer" = []))
)]
#[delete("/api/v1/dossiers/{id}/documents/{document_id}")]
pub async fn remove_document(
    app: web::Data<App>,
    applicant: Applicant,
    path: web::Path<(Uuid, Uuid)>,
) -> Result<Reply, Problem> {
    let (dossier, id) = *path;
    let reader = Reader::Party(applicant.party);
    let removed = app.pool.transaction::<_, Problem>(async |conn| {
        let dossier = dossiers::lock(conn, dossier, &reader).await?.ok_or(error::DOSSIER_NOT_FOUND)?;
        dossier.may_be_edited()?;
        let key = documents::delete(conn, dossier.id, id).await?.ok_or(error::DOCUMENT_NOT_FOUND)?;
        dossiers::save(conn, &dossier.changed()).await?;
        Ok(key)
    });
    app.files.discard(&removed.await?).await;
    Ok(Reply::no_content())
}
