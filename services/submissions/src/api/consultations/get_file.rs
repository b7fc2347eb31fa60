//! `GET /api/v1/dossiers/{id}/consultations/{number}/files/{file_id}`

use actix_web::{HttpResponse, get, web};
use diesel_async::AsyncPgConnection;
use edge::{Official, Problem, Work, kinds};
use files::attachment;
use serde_json::json;
use uuid::Uuid;

use crate::{
    api::{file_bytes::FileBytes, shown::shown},
    app::App,
    domain::dossier::Dossier,
    error,
    store::{
        documents,
        dossiers::{self, Reader},
        request_files,
    },
};

edge::failures![kinds::FORBIDDEN, error::DOSSIER_NOT_FOUND, error::DOCUMENT_NOT_FOUND];

/// Download a paper of a consultation
///
/// The bytes of a paper that a question shows while it is open, or of a document that came with the answer: to the officials of the agency
/// that is asked; the latter to those of the agency that asks, too. It is written down who read it.
#[utoipa::path(
    operation_id = "get_consultation_file",
    tag = "consultations",
    params(
        ("id" = Uuid, Path, description = "The dossier"),
        ("number" = i32, Path, description = "The number of the question", minimum = 1),
        ("file_id" = Uuid, Path, description = "The paper"),
    ),
    responses((status = 200, description = "The file",
        content((FileBytes = "application/pdf"), (FileBytes = "image/jpeg"), (FileBytes = "image/png")),
        headers(("Content-Disposition" = String, description = "`attachment`, with its name")),
    ), Failures),
    security(("bearer" = []))
)]
#[get("/api/v1/dossiers/{id}/consultations/{number}/files/{file_id}")]
pub async fn get_consultation_file(
    app: web::Data<App>,
    official: Official<Work>,
    path: web::Path<(Uuid, i32, Uuid)>,
) -> Result<HttpResponse, Problem> {
    let (id, number, file) = *path;
    let mut conn = app.pool.get().await?;
    let (asks, asked) = (Reader::Agencies(official.agencies()), Reader::Consulted(official.agencies(), number));
    let (dossier, reader) = match dossiers::find(&mut conn, id, &asks).await? {
        Some(dossier) => (dossier, asks),
        None => (dossiers::find(&mut conn, id, &asked).await?.ok_or(error::DOSSIER_NOT_FOUND)?, asked),
    };
    let found = found(&mut conn, &dossier, number, file).await?.ok_or(error::DOCUMENT_NOT_FOUND)?;
    let what = json!({"shown": "consultation", "number": number, "id": file});
    shown(&app, &mut conn, (&official.caller, &reader), id, what).await?;
    drop(conn);
    let kept = files::Kept { key: &found.key, size: found.size, sha256: &found.sha256 };
    Ok(attachment(app.files.get(kept).await?, &found.name, &found.media_type))
}

/// A file, wherever it is named.
struct Found {
    name: String,
    media_type: String,
    key: String,
    size: i64,
    sha256: Vec<u8>,
}

/// What came with the answer, or a paper of the dossier that the question shows while it is open.
async fn found(
    conn: &mut AsyncPgConnection,
    dossier: &Dossier,
    number: i32,
    file: Uuid,
) -> Result<Option<Found>, Problem> {
    let answered = request_files::of_dossier(conn, dossier.id).await?;
    if let Some(it) = answered.into_iter().find(|it| it.request == number && it.id == file) {
        let (name, key) = (it.file_name, it.object_key);
        return Ok(Some(Found { name, media_type: it.media_type, key, size: it.size, sha256: it.sha256 }));
    }
    if !dossier.shows_papers(number) {
        return Ok(None);
    }
    let paper = documents::find(conn, dossier.id, file).await?;
    Ok(paper.map(|it| Found {
        name: it.file_name,
        media_type: it.media_type,
        key: it.object_key,
        size: it.size,
        sha256: it.sha256,
    }))
}
