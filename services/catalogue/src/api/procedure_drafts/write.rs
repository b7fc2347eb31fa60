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
    request_body(content = Procedure, example = json!({
        "code": "1.009999",
        "name": {"vi": "Cấp giấy phép treo biển", "en": "Permit to put up a sign"},
        "field": {"code": "xay-dung", "name": {"vi": "Xây dựng", "en": "Construction"}},
        "life_events": [],
        "levels": ["COMMUNE"],
        "effective_from": "2026-08-01",
        "description": {"vi": "Cho phép treo một biển.", "en": "Allows one sign to be put up."},
        "steps": [{"vi": "Nộp hồ sơ.", "en": "File the dossier."}],
        "components": [],
        "time_limit": {"unit": "working_days", "days": 2},
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
