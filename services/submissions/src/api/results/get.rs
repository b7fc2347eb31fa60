//! `GET /api/v1/dossiers/{id}/results/{result_id}`

use actix_web::{HttpResponse, get, web};
use edge::{Problem, SignedIn};
use files::attachment;
use serde_json::json;
use uuid::Uuid;

use crate::{
    api::{file_bytes::FileBytes, reader, shown::shown},
    app::App,
    error,
    store::{
        dossiers::{self, Reader},
        results,
    },
};

edge::failures![error::DOSSIER_NOT_FOUND, error::RESULT_NOT_FOUND, files::KEPT_DAMAGED];

/// Download a result
///
/// The bytes of a result, to save: to the officials of the agency, of whom it is written down, and to the applicant once the dossier is
/// completed.
#[utoipa::path(
    operation_id = "get_result",
    tag = "results",
    params(
        ("id" = Uuid, Path, description = "The dossier"),
        ("result_id" = Uuid, Path, description = "The result"),
    ),
    responses((status = 200, description = "The file", content((FileBytes = "application/pdf")),
        headers(("Content-Disposition" = String, description = "`attachment`, with its name")),
    ), Failures),
    security(("bearer" = []))
)]
#[get("/api/v1/dossiers/{id}/results/{result_id}")]
pub async fn get_result(
    app: web::Data<App>,
    caller: SignedIn,
    path: web::Path<(Uuid, Uuid)>,
) -> Result<HttpResponse, Problem> {
    let ((dossier, id), reader) = (*path, reader(&caller.0));
    let mut conn = app.pool.get().await?;
    let dossier = dossiers::find(&mut conn, dossier, &reader).await?.ok_or(error::DOSSIER_NOT_FOUND)?;
    let mut issued = results::of_dossier(&mut conn, dossier.id).await?;
    if matches!(reader, Reader::Party(_)) {
        dossier.may_give_results().map_err(|_| error::RESULT_NOT_FOUND)?;
        issued = results::given(issued, dossier.is_finished());
    }
    let result = issued.into_iter().find(|result| result.id == id).ok_or(error::RESULT_NOT_FOUND)?;
    shown(&app, &mut conn, (&caller.0, &reader), dossier.id, json!({"shown": "result", "id": id})).await?;
    drop(conn);
    let file = app.files.get(result.kept()).await?;
    Ok(attachment(file, &result.file_name, &result.media_type))
}
