//! `PUT /api/v1/procedure-drafts/{id}`

use actix_web::{put, web};
use edge::{IfMatch, IfMatchHeader, Json, Problem, Reply, kinds};
use procedure::Procedure;
use serde_json::Value;
use uuid::Uuid;

use super::{document, view::ProcedureDraftView};
use crate::{
    api::controller::Controller,
    app::App,
    changes::drafts::{Step, act},
    error,
};

edge::failures![kinds::FORBIDDEN, error::DRAFT_NOT_FOUND, error::DRAFT_STATE];

/// Write a draft of a procedure anew
///
/// All that the version says, in place of what it said. What cannot be read is refused, with every place, and nothing is changed; the code
/// stays the same.
#[utoipa::path(
    operation_id = "write_procedure_draft",
    tag = "procedures",
    params(("id" = Uuid, Path, description = "The draft"), IfMatchHeader),
    request_body(content = Procedure, example = json!(document::example())),
    responses((status = 200, description = "It is kept", body = ProcedureDraftView, headers(
        ("ETag" = String, description = "Its version, for `If-Match`"),
    )), Failures),
    security(("bearer" = []))
)]
#[put("/api/v1/procedure-drafts/{id}")]
pub async fn write_procedure_draft(
    app: web::Data<App>,
    controller: Controller,
    id: web::Path<Uuid>,
    seen: IfMatch,
    document: Json<Value>,
) -> Result<Reply, Problem> {
    let (by, procedure) = (controller.0, document::read(document.0)?);
    let written =
        app.pool.transaction(async |conn| act(conn, &app, &by, *id, &seen, Step::Write(procedure.into())).await);
    ProcedureDraftView::reply(written.await?, by.id)
}
