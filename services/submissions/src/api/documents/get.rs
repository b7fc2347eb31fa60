//! `GET /api/v1/dossiers/{id}/documents/{document_id}`

use actix_web::{HttpResponse, get, web};
use edge::{Problem, SignedIn};
use files::attachment;
use serde_json::json;
use uuid::Uuid;

use crate::{
    api::{file_bytes::FileBytes, reader, shown::shown},
    app::App,
    error,
    store::{documents, dossiers},
};

edge::failures![error::DOSSIER_NOT_FOUND, error::DOCUMENT_NOT_FOUND, files::KEPT_DAMAGED];

/// Download a document
///
/// The bytes of a document, to save: to whoever may see the dossier. Of officials it is written down.
#[utoipa::path(
    operation_id = "get_document",
    tag = "documents",
    params(
        ("id" = Uuid, Path, description = "The dossier"),
        ("document_id" = Uuid, Path, description = "The document"),
    ),
    responses((status = 200, description = "The file",
        content((FileBytes = "application/pdf"), (FileBytes = "image/jpeg"), (FileBytes = "image/png")),
        headers(("Content-Disposition" = String, description = "`attachment`, with its name")),
    ), Failures),
    security(("bearer" = []))
)]
#[get("/api/v1/dossiers/{id}/documents/{document_id}")]
pub async fn get_document(
    app: web::Data<App>,
    caller: SignedIn,
    path: web::Path<(Uuid, Uuid)>,
) -> Result<HttpResponse, Problem> {
    let ((dossier, id), reader) = (*path, reader(&caller.0));
    let mut conn = app.pool.get().await?;
    dossiers::find(&mut conn, dossier, &reader).await?.ok_or(error::DOSSIER_NOT_FOUND)?;
    let document = documents::find(&mut conn, dossier, id).await?.ok_or(error::DOCUMENT_NOT_FOUND)?;
    shown(&app, &mut conn, (&caller.0, &reader), dossier, json!({"shown": "document", "id": id})).await?;
    drop(conn);
    let file = app.files.get(document.kept()).await?;
    Ok(attachment(file, &document.file_name, &document.media_type))
}
