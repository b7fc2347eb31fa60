//! `POST /api/v1/procedure-drafts/{id}/submission`

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

edge::failures![kinds::FORBIDDEN, error::DRAFT_NOT_FOUND, error::DRAFT_STATE, error::DRAFT_FAULTS];

/// Submit a draft of a procedure
///
/// Hands it to a second controller. What cannot work is not submitted: the refusal names every place and how it is mended.
#[utoipa::path(
    operation_id = "submit_procedure_draft",
    tag = "procedures",
    params(("id" = Uuid, Path, description = "The draft"), IdempotencyHeader, IfMatchHeader),
    responses((status = 200, description = "It waits for a second controller", body = ProcedureDraftView, headers(
        ("ETag" = String, description = "Its version, for `If-Match`"),
    )), Failures),
    security(("bearer" = []))
)]
#[post("/api/v1/procedure-drafts/{id}/submission")]
pub async fn submit_procedure_draft(
    app: web::Data<App>,
    controller: Controller,
    id: web::Path<Uuid>,
    seen: IfMatch,
    command: Command<NoBody>,
) -> Result<Reply, Problem> {
    let by = controller.0;
    command
        .once(&app.pool, by.id, app.life.clock.now(), async |conn, _| {
            let draft = act(conn, &app, &by, *id, &seen, Step::Submit).await?;
            ProcedureDraftView::reply(draft, by.id)
        })
        .await
}
