//! `DELETE /api/v1/procedure-drafts/{id}`

use actix_web::{delete, web};
use edge::{IfMatch, IfMatchHeader, Problem, Reply, kinds};
use uuid::Uuid;

use crate::{api::controller::Controller, app::App, changes::drafts::discard, error};

edge::failures![kinds::FORBIDDEN, error::DRAFT_NOT_FOUND, error::DRAFT_STATE];

/// Throw a draft of a procedure away
///
/// For good. What was submitted is sent back before.
#[utoipa::path(
    operation_id = "discard_procedure_draft",
    tag = "procedures",
    params(("id" = Uuid, Path, description = "The draft"), IfMatchHeader),
    responses((status = 204, description = "It is gone"), Failures),
    security(("bearer" = []))
)]
#[delete("/api/v1/procedure-drafts/{id}")]
pub async fn discard_procedure_draft(
    app: web::Data<App>,
    controller: Controller,
    id: web::Path<Uuid>,
    seen: IfMatch,
) -> Result<Reply, Problem> {
    app.pool.transaction(async |conn| discard(conn, &app, &controller.0, *id, &seen).await).await?;
    Ok(Reply::no_content())
}
