//! `GET /api/v1/dossiers/{id}/drafts/{draft_id}`

use actix_web::{HttpResponse, get, web};
use edge::{Problem, SignedIn};
use files::attachment;
use serde_json::json;
use uuid::Uuid;

use crate::{
    api::{file_bytes::FileBytes, reader, shown::shown},
    app::App,
    domain::request::RequestKind,
    error,
    store::{dossiers, request_files},
};

edge::failures![error::DOSSIER_NOT_FOUND, error::DOCUMENT_NOT_FOUND];

/// Download a draft of the result
///
/// The bytes of a draft, to save: to the applicant and to the officials of the agency, of whom it is written down.
#[utoipa::path(
    operation_id = "get_draft",
    tag = "drafts",
    params(
        ("id" = Uuid, Path, description = "The dossier"),
        ("draft_id" = Uuid, Path, description = "The draft"),
    ),
    responses((status = 200, description = "The file", content((FileBytes = "application/pdf")),
        headers(("Content-Disposition" = String, description = "`attachment`, with its name")),
    ), Failures),
    security(("bearer" = []))
)]
#[get("/api/v1/dossiers/{id}/drafts/{draft_id}")]
pub async fn get_draft(
    app: web::Data<App>,
    caller: SignedIn,
    path: web::Path<(Uuid, Uuid)>,
) -> Result<HttpResponse, Problem> {
    let ((dossier, id), reader) = (*path, reader(&caller.0));
    let mut conn = app.pool.get().await?;
    let dossier = dossiers::find(&mut conn, dossier, &reader).await?.ok_or(error::DOSSIER_NOT_FOUND)?;
    let is_draft = |number: i32| {
        let request = usize::try_from(number - 1).ok().and_then(|place| dossier.requests.get(place));
        request.is_some_and(|request| request.kind == RequestKind::Draft)
    };
    let files = request_files::of_dossier(&mut conn, dossier.id).await?;
    let draft = files.into_iter().find(|file| file.id == id && is_draft(file.request));
    let draft = draft.ok_or(error::DOCUMENT_NOT_FOUND)?;
    shown(&app, &mut conn, (&caller.0, &reader), dossier.id, json!({"shown": "draft", "id": id})).await?;
    drop(conn);
    let file = app.files.get(draft.kept()).await?;
    Ok(attachment(file, &draft.file_name, &draft.media_type))
}
