//! `POST /api/v1/dossiers/{id}/notes`

use actix_web::{post, web};
use edge::{Command, IdempotencyHeader, IfMatch, Note, Official, OptionalIfMatchHeader, Problem, Reply, kinds};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::view::NoteView;
use crate::{app::App, changes::add_note::add_note as write, domain::note::TEXT, error};

/// A note to write.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[schema(as = NewDossierNote)]
#[serde(deny_unknown_fields)]
pub struct NewNote {
    /// The note, 1 to 2000 characters, counted as composed.
    #[schema(max_length = 8000)]
    text: String,
}

edge::failures![kinds::FORBIDDEN, error::DOSSIER_NOT_FOUND, error::OWN_DOSSIER, error::TOO_MANY_NOTES];

/// Write a note about a dossier
///
/// For the other officials of the agency. It stays as it is written, and the dossier as it was. A dossier has 200 notes at most.
#[utoipa::path(
    operation_id = "add_note",
    tag = "dossiers",
    params(("id" = Uuid, Path, description = "The dossier"), IdempotencyHeader, OptionalIfMatchHeader),
    request_body(content = NewNote, example = json!({"text": "Đã gọi điện cho người nộp, hẹn sáng thứ Hai mang bản gốc."})),
    responses((status = 201, description = "The note", body = NoteView, headers(
        ("Location" = String, description = "Where the notes stand"),
    )), Failures),
    security(("bearer" = []))
)]
#[post("/api/v1/dossiers/{id}/notes")]
pub async fn add_note(
    app: web::Data<App>,
    official: Official<Note>,
    id: web::Path<Uuid>,
    version: Option<IfMatch>,
    command: Command<NewNote>,
) -> Result<Reply, Problem> {
    command
        .once(&app.pool, official.caller.id, app.life.clock.now(), async |conn, NewNote { text }| {
            let text = error::required_text(&TEXT, Some(&text))?;
            let note = write(&app, conn, *id, &official, version.as_ref(), text).await?;
            Ok(Reply::created(&NoteView::from(note), format!("/api/v1/dossiers/{id}/notes")))
        })
        .await
}
