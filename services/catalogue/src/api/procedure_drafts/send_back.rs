//! `POST /api/v1/procedure-drafts/{id}/return`

use actix_web::{post, web};
use edge::{Command, IdempotencyHeader, IfMatch, IfMatchHeader, Problem, Reply, kinds, written};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::view::ProcedureDraftView;
use crate::{
    api::controller::Controller,
    app::App,
    changes::drafts::{Step, act},
    error,
};

/// Why a draft is sent back.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProcedureDraftReason {
    /// 10 to 1000 characters, counted as composed.
    #[schema(max_length = 4000)]
    reason: String,
}

edge::failures![kinds::FORBIDDEN, error::DRAFT_NOT_FOUND, error::DRAFT_STATE, error::DRAFT_EXISTS];

/// Send a draft of a procedure back
///
/// To be written anew: what waits for a second controller, was approved, or waits for its day. What is in force stays.
#[utoipa::path(
    operation_id = "send_back_procedure_draft",
    tag = "procedures",
    params(("id" = Uuid, Path, description = "The draft"), IdempotencyHeader, IfMatchHeader),
    request_body(content = ProcedureDraftReason, example = json!({"reason": "Mức thu ở trường hợp xác minh chưa đúng nghị quyết của tỉnh."})),
    responses((status = 200, description = "It can be written anew", body = ProcedureDraftView, headers(
        ("ETag" = String, description = "Its version, for `If-Match`"),
    )), Failures),
    security(("bearer" = []))
)]
#[post("/api/v1/procedure-drafts/{id}/return")]
pub async fn send_back_procedure_draft(
    app: web::Data<App>,
    controller: Controller,
    id: web::Path<Uuid>,
    seen: IfMatch,
    command: Command<ProcedureDraftReason>,
) -> Result<Reply, Problem> {
    let by = controller.0;
    command
        .once(&app.pool, by.id, app.life.clock.now(), async |conn, body| {
            let step = Step::SendBack(written("reason", &body.reason, 10, 1000)?);
            let draft = act(conn, &app, &by, *id, &seen, step).await?;
            ProcedureDraftView::reply(draft, by.id)
        })
        .await
}
