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
    request_body(content = Procedure, example = json!({
        "code": "1.009999",
        "name": {"vi": "Cấp giấy phép treo biển hẹn giờ", "en": "Permit to put up a sign with a time"},
        "field": {"code": "xay-dung", "name": {"vi": "Xây dựng", "en": "Construction"}},
        "life_events": [],
        "levels": ["COMMUNE"],
        "effective_from": "2026-08-01",
        "description": {"vi": "Cho phép treo một biển.", "en": "Allows one sign to be put up."},
        "steps": [{"vi": "Nộp hồ sơ.", "en": "File the dossier."}],
        "components": [],
        "time_limit": {"unit": "working_days", "days": 3},
        "fee_rules": [],
        "result": {"name": {"vi": "Giấy phép", "en": "Permit"}},
        "legal_basis": [{"vi": "Luật Xây dựng", "en": "Construction Law"}],
        "form": {"type": "object", "additionalProperties": false, "required": ["place"], "properties": {
            "place": {"type": "string", "minLength": 1, "maxLength": 200}
        }},
        "ui": {
            "pages": [{"title": {"vi": "Biển", "en": "The sign"}, "fields": ["place"]}],
            "fields": {"place": {"label": {"vi": "Nơi treo", "en": "Where it hangs"}, "widget": "TEXT"}}
        }
    })),
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
