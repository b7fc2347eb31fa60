//! `GET /api/v1/dossiers/{id}/notes`

use actix_web::{get, web};
use edge::{Official, Problem, Reply, Work, kinds};
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use super::view::NoteView;
use crate::{
    api::shown::shown,
    app::App,
    error,
    store::{
        dossiers::{self, Reader},
        notes,
    },
};

/// The notes about a dossier.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DossierNotes)]
pub struct Notes {
    /// The oldest first.
    items: Vec<NoteView>,
}

edge::failures![kinds::FORBIDDEN, error::DOSSIER_NOT_FOUND];

/// List the notes about a dossier
///
/// What officials of the agency wrote about a dossier for each other. Its applicant never sees them. That they are read is written down.
#[utoipa::path(
    operation_id = "list_notes",
    tag = "dossiers",
    params(("id" = Uuid, Path, description = "The dossier")),
    responses((status = 200, description = "The notes", body = Notes), Failures),
    security(("bearer" = []))
)]
#[get("/api/v1/dossiers/{id}/notes")]
pub async fn list_notes(app: web::Data<App>, official: Official<Work>, id: web::Path<Uuid>) -> Result<Reply, Problem> {
    let reader = Reader::Agencies(official.agencies());
    let mut conn = app.pool.get().await?;
    dossiers::find(&mut conn, *id, &reader).await?.ok_or(error::DOSSIER_NOT_FOUND)?;
    let notes = notes::of_dossier(&mut conn, *id).await?;
    if !notes.is_empty() {
        shown(&app, &mut conn, (&official.caller, &reader), *id, json!({"shown": "notes"})).await?;
    }
    Ok(Reply::ok(&Notes { items: notes.into_iter().map(Into::into).collect() }))
}
