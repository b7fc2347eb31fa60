//! `GET /api/v1/dossiers/{id}/consultations/{number}`

use actix_web::{get, web};
use edge::{Official, Problem, Reply, kinds};
use serde_json::json;
use uuid::Uuid;

use super::view::ConsultationView;
use crate::{
    api::shown::shown,
    app::App,
    changes::{answer_consultation::asked, duties::AnswersConsultations},
    error,
    store::dossiers,
};

edge::failures![kinds::FORBIDDEN, error::DOSSIER_NOT_FOUND];

/// Read what another agency asks
///
/// A question that the agency of the post is asked, with as much of the dossier as the question shows while it is open. It is written down
/// who read it.
#[utoipa::path(
    operation_id = "get_consultation",
    tag = "consultations",
    params(
        ("id" = Uuid, Path, description = "The dossier"),
        ("number" = i32, Path, description = "The number of the question", minimum = 1),
    ),
    responses((status = 200, description = "The question", body = ConsultationView, headers(
        ("ETag" = String, description = "The version of the dossier, for `If-Match`"),
    )), Failures),
    security(("bearer" = []))
)]
#[get("/api/v1/dossiers/{id}/consultations/{number}")]
pub async fn get_consultation(
    app: web::Data<App>,
    official: Official<AnswersConsultations>,
    path: web::Path<(Uuid, i32)>,
) -> Result<Reply, Problem> {
    let ((id, number), reader) = (*path, asked(&official, path.1));
    let mut conn = app.pool.get().await?;
    let dossier = dossiers::find(&mut conn, id, &reader).await?.ok_or(error::DOSSIER_NOT_FOUND)?;
    let what = json!({"shown": "consultation", "number": number});
    shown(&app, &mut conn, (&official.caller, &reader), dossier.id, what).await?;
    ConsultationView::reply(&app, &mut conn, dossier, number).await
}
