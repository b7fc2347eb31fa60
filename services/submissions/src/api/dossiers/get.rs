//! `GET /api/v1/dossiers/{id}`

use actix_web::{get, web};
use edge::{Problem, Reply, SignedIn};
use serde_json::json;
use uuid::Uuid;

use super::view::DossierView;
use crate::{
    api::{reader, shown::shown},
    app::App,
    error,
    store::dossiers,
};

edge::failures![error::DOSSIER_NOT_FOUND];

/// Read a dossier
///
/// A dossier with its documents, results and history: to its applicant always, to the officials of its agency once filed, of whom it is
/// written down.
#[utoipa::path(
    operation_id = "get_dossier",
    tag = "dossiers",
    params(("id" = Uuid, Path, description = "The dossier")),
    responses((status = 200, description = "The dossier", body = DossierView, headers(
        ("ETag" = String, description = "Its version, for `If-Match`"),
    )), Failures),
    security(("bearer" = []))
)]
#[get("/api/v1/dossiers/{id}")]
pub async fn get_dossier(app: web::Data<App>, caller: SignedIn, id: web::Path<Uuid>) -> Result<Reply, Problem> {
    let reader = reader(&caller.0);
    let mut conn = app.pool.get().await?;
    let dossier = dossiers::find(&mut conn, *id, &reader).await?.ok_or(error::DOSSIER_NOT_FOUND)?;
    shown(&app, &mut conn, (&caller.0, &reader), dossier.id, json!({"shown": "answers"})).await?;
    DossierView::reply(&app, &mut conn, dossier, &caller.0).await
}
