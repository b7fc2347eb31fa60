//! `GET /api/v1/procedure-drafts/{id}`

use actix_web::{get, web};
use edge::{Problem, Reply, kinds};
use uuid::Uuid;

use super::view::ProcedureDraftView;
use crate::{api::controller::Controller, app::App, error, store::drafts};

edge::failures![kinds::FORBIDDEN, error::DRAFT_NOT_FOUND];

/// Read a draft of a procedure
///
/// All that it says, what keeps it from working, how far it has come, and what the reader can do with it.
#[utoipa::path(
    operation_id = "get_procedure_draft",
    tag = "procedures",
    params(("id" = Uuid, Path, description = "The draft")),
    responses((status = 200, description = "The draft", body = ProcedureDraftView, headers(
        ("ETag" = String, description = "Its version, for `If-Match`"),
    )), Failures),
    security(("bearer" = []))
)]
#[get("/api/v1/procedure-drafts/{id}")]
pub async fn get_procedure_draft(
    app: web::Data<App>,
    controller: Controller,
    id: web::Path<Uuid>,
) -> Result<Reply, Problem> {
    let draft = drafts::find(&mut *app.pool.get().await?, *id).await?.ok_or(error::DRAFT_NOT_FOUND)?;
    ProcedureDraftView::reply(draft, controller.0.id)
}
