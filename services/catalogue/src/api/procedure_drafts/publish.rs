//! `POST /api/v1/procedure-drafts/{id}/publication`

use actix_web::{post, web};
use chrono::NaiveDate;
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

/// By which decision a version is announced, and from when on it is in force.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProcedureAnnouncement {
    /// The number of the decision: 3 to 100 characters, counted as composed.
    #[schema(max_length = 400, example = "1234/QĐ-UBND")]
    decision: String,
    /// The first day on which it is in force.
    in_force_from: NaiveDate,
}

edge::failures![kinds::FORBIDDEN, error::DRAFT_NOT_FOUND, error::DRAFT_STATE, error::DRAFT_FAULTS];

/// Publish a draft of a procedure
///
/// By the decision that announces it. From the day that is named, in Vietnam, it is the current version: at once, when that day has begun;
/// its `effective_from` becomes that day.
#[utoipa::path(
    operation_id = "publish_procedure_draft",
    tag = "procedures",
    params(("id" = Uuid, Path, description = "The draft"), IdempotencyHeader, IfMatchHeader),
    request_body(content = ProcedureAnnouncement, example = json!({"decision": "1234/QĐ-UBND", "in_force_from": "2026-08-01"})),
    responses((status = 200, description = "It is announced", body = ProcedureDraftView, headers(
        ("ETag" = String, description = "Its version, for `If-Match`"),
    )), Failures),
    security(("bearer" = []))
)]
#[post("/api/v1/procedure-drafts/{id}/publication")]
pub async fn publish_procedure_draft(
    app: web::Data<App>,
    controller: Controller,
    id: web::Path<Uuid>,
    seen: IfMatch,
    command: Command<ProcedureAnnouncement>,
) -> Result<Reply, Problem> {
    let by = controller.0;
    command
        .once(&app.pool, by.id, app.life.clock.now(), async |conn, body| {
            let decision = written("decision", &body.decision, 3, 100)?;
            let step = Step::Publish { decision, in_force_from: body.in_force_from };
            let draft = act(conn, &app, &by, *id, &seen, step).await?;
            ProcedureDraftView::reply(draft, by.id)
        })
        .await
}
