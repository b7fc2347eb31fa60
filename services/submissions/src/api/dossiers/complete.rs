//! `POST /api/v1/dossiers/{id}/completion`

use actix_web::{post, web};
use edge::{Command, IdempotencyHeader, IfMatch, Official, OptionalIfMatchHeader, Problem, Reply, kinds};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::view::DossierView;
use crate::{
    app::App,
    changes::{complete::complete, duties::Completes},
    domain::actions::complete::NOTE,
    error,
};

/// How a dossier is completed.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[schema(as = DossierCompletion)]
#[serde(deny_unknown_fields)]
pub struct Completion {
    /// A note for officials, at most 1000 characters, counted as composed.
    #[schema(max_length = 4000)]
    note: Option<String>,
}

edge::failures![
    kinds::FORBIDDEN,
    error::DOSSIER_NOT_FOUND,
    error::OWN_DOSSIER,
    error::STATUS,
    error::CONSULTATION_OPEN,
    error::DRAFT_MISSING,
    error::DRAFT_OPEN,
    error::DRAFT_DISPUTED,
    error::FEE_NOT_PAID,
    error::RESULT_MISSING,
    error::OTHER_STAGE,
    error::HELD,
    error::ROLE_MISSING,
    error::FOUR_EYES,
];

/// Complete a dossier
///
/// Completes a dossier whose result is issued: the applicant is told and can take it.
#[utoipa::path(
    operation_id = "complete_dossier",
    tag = "dossiers",
    params(("id" = Uuid, Path, description = "The dossier"), IdempotencyHeader, OptionalIfMatchHeader),
    request_body(content = Completion, example = json!({"note": "Đã trả kết quả bản giấy tại bộ phận một cửa."})),
    responses((status = 200, description = "It is completed", body = DossierView, headers(
        ("ETag" = String, description = "Its version"),
    )), Failures),
    security(("bearer" = []))
)]
#[post("/api/v1/dossiers/{id}/completion")]
pub async fn complete_dossier(
    app: web::Data<App>,
    official: Official<Completes>,
    id: web::Path<Uuid>,
    version: Option<IfMatch>,
    command: Command<Completion>,
) -> Result<Reply, Problem> {
    let caller = &official.caller;
    command
        .once(&app.pool, caller.id, app.life.clock.now(), async |conn, Completion { note }| {
            let note = error::read_text(&NOTE, note.as_deref())?;
            let dossier = complete(&app, conn, *id, &official, version.as_ref(), note.as_deref()).await?;
            DossierView::reply(&app, conn, dossier, caller).await
        })
        .await
}
