//! `POST /api/v1/procedure-drafts`

use actix_web::{post, web};
use edge::{Command, IdempotencyHeader, Problem, Reply, kinds};
use procedure::Procedure;
use serde_json::Value;

use super::{document, view::ProcedureDraftView};
use crate::{api::controller::Controller, app::App, changes::drafts::begin, error};

edge::failures![kinds::FORBIDDEN, error::DRAFT_EXISTS];

/// Begin a draft of a procedure
///
/// The next version of a procedure, or the first of a new one, with all that it says. What cannot be read is refused, with every place; what
/// can be read is kept, and its `faults` say what keeps it from being submitted. One version of a procedure is written at a time.
#[utoipa::path(
    operation_id = "begin_procedure_draft",
    tag = "procedures",
    params(IdempotencyHeader),
    request_body(content = Procedure, example = json!(document::example())),
    responses((status = 201, description = "It is kept", body = ProcedureDraftView, headers(
        ("Location" = String, description = "The draft"),
        ("ETag" = String, description = "Its version, for `If-Match`"),
    )), Failures),
    security(("bearer" = []))
)]
#[post("/api/v1/procedure-drafts")]
pub async fn begin_procedure_draft(
    app: web::Data<App>,
    controller: Controller,
    command: Command<Value>,
) -> Result<Reply, Problem> {
    let by = controller.0;
    command
        .once(&app.pool, by.id, app.life.clock.now(), async |conn, document| {
            let draft = begin(conn, &app, &by, &document::read(document)?).await?;
            let (location, version) = (format!("/api/v1/procedure-drafts/{}", draft.id), draft.version);
            Ok(Reply::created(&ProcedureDraftView::of(draft, by.id)?, location).version(version))
        })
        .await
}
