//! `POST /api/v1/procedure-drafts/{id}/approval`

use actix_web::{post, web};
use edge::{Command, IdempotencyHeader, IfMatch, IfMatchHeader, NoBody, Problem, Reply, kinds};
use uuid::Uuid;

use super::view::ProcedureDraftView;
use crate::{
    api::controller::Controller,
    app::App,
    changes::drafts::{Step, act},
    error,
};

edge::failures![
    kinds::FORBIDDEN,
    error::DRAFT_NOT_FOUND,
    error::DRAFT_STATE,
    error::SECOND_CONTROLLER,
    error::DRAFT_FAULTS
];

/// Approve a draft of a procedure
///
/// By a controller who wrote no part of it.
#[utoipa::path(
    operation_id = "approve_procedure_draft",
    tag = "procedures",
    params(("id" = Uuid, Path, description = "The draft"), IdempotencyHeader, IfMatchHeader),
    responses((status = 200, description = "It is approved", body = ProcedureDraftView, headers(
        ("ETag" = String, description = "Its version, for `If-Match`"),
    )), Failures),
    security(("bearer" = []))
)]
#[post("/api/v1/procedure-drafts/{id}/approval")]
pub async fn approve_procedure_draft(
    app: web::Data<App>,
    controller: Controller,
    id: web::Path<Uuid>,
    seen: IfMatch,
    command: Command<NoBody>,
) -> Result<Reply, Problem> {
    let by = controller.0;
    command
        .once(&app.pool, by.id, app.life.clock.now(), async |conn, _| {
            let draft = act(conn, &app, &by, *id, &seen, Step::Approve).await?;
            ProcedureDraftView::reply(draft, by.id)
        })
        .await
}
