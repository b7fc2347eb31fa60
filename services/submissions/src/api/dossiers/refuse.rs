//! `POST /api/v1/dossiers/{id}/refusal`

use actix_web::{post, web};
use edge::{Command, IdempotencyHeader, IfMatch, Official, OptionalIfMatchHeader, Problem, Reply, kinds};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::view::DossierView;
use crate::{
    app::App,
    changes::{duties::Refuses, refuse::refuse},
    domain::actions::refuse::REASON,
    error,
};

/// Why a dossier is not received.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[schema(as = DossierRefusal)]
#[serde(deny_unknown_fields)]
pub struct Refusal {
    /// The reason of law, 10 to 1000 characters, counted as composed.
    #[schema(max_length = 4000)]
    reason: String,
}

edge::failures![kinds::FORBIDDEN, error::DOSSIER_NOT_FOUND, error::OWN_DOSSIER, error::STATUS];

/// Refuse a dossier
///
/// Refuses to receive a dossier, for a reason of law that the applicant reads: it ends. What failed in the system is no reason.
#[utoipa::path(
    operation_id = "refuse_dossier",
    tag = "dossiers",
    params(("id" = Uuid, Path, description = "The dossier"), IdempotencyHeader, OptionalIfMatchHeader),
    request_body(content = Refusal, example = json!({"reason": "Không thuộc thẩm quyền giải quyết của Ủy ban nhân dân phường (Điều 13 Luật Hộ tịch)."})),
    responses((status = 200, description = "It is refused", body = DossierView, headers(
        ("ETag" = String, description = "Its version"),
    )), Failures),
    security(("bearer" = []))
)]
#[post("/api/v1/dossiers/{id}/refusal")]
pub async fn refuse_dossier(
    app: web::Data<App>,
    official: Official<Refuses>,
    id: web::Path<Uuid>,
    version: Option<IfMatch>,
    command: Command<Refusal>,
) -> Result<Reply, Problem> {
    let caller = &official.caller;
    command
        .once(&app.pool, caller.id, app.life.clock.now(), async |conn, Refusal { reason }| {
            let reason = error::required_text(&REASON, Some(&reason))?;
            let dossier = refuse(&app, conn, *id, &official, version.as_ref(), &reason).await?;
            DossierView::reply(&app, conn, dossier, caller).await
        })
        .await
}
