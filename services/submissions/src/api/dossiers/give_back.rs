//! `POST /api/v1/dossiers/{id}/giving-back`

use actix_web::{post, web};
use edge::{Command, IdempotencyHeader, IfMatch, Official, OptionalIfMatchHeader, Problem, Reply, kinds};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::view::DossierView;
use crate::{
    app::App,
    changes::{duties::GivesBack, give_back::give_back},
    domain::actions::give_back::REASON,
    error,
};

/// Why a dossier is given back.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[schema(as = DossierGivingBack)]
#[serde(deny_unknown_fields)]
pub struct GivingBack {
    /// The reason, 10 to 1000 characters, counted as composed; for officials.
    #[schema(max_length = 4000)]
    reason: String,
}

edge::failures![
    kinds::FORBIDDEN,
    error::DOSSIER_NOT_FOUND,
    error::OWN_DOSSIER,
    error::STATUS,
    error::NO_STAGES,
    error::HELD,
    error::NOT_HELD,
];

/// Give a dossier back
///
/// Gives back a dossier that the official has, or whoever she stands in for, so that nobody has it and others can take it.
#[utoipa::path(
    operation_id = "give_back_dossier",
    tag = "dossiers",
    params(("id" = Uuid, Path, description = "The dossier"), IdempotencyHeader, OptionalIfMatchHeader),
    request_body(content = GivingBack, example = json!({"reason": "Hồ sơ thuộc lĩnh vực của đồng nghiệp khác."})),
    responses((status = 200, description = "Nobody has it", body = DossierView, headers(
        ("ETag" = String, description = "Its version"),
    )), Failures),
    security(("bearer" = []))
)]
#[post("/api/v1/dossiers/{id}/giving-back")]
pub async fn give_back_dossier(
    app: web::Data<App>,
    official: Official<GivesBack>,
    id: web::Path<Uuid>,
    version: Option<IfMatch>,
    command: Command<GivingBack>,
) -> Result<Reply, Problem> {
    let caller = &official.caller;
    command
        .once(&app.pool, caller.id, app.life.clock.now(), async |conn, GivingBack { reason }| {
            let reason = error::required_text(&REASON, Some(&reason))?;
            let dossier = give_back(&app, conn, *id, &official, version.as_ref(), reason).await?;
            DossierView::reply(&app, conn, dossier, caller).await
        })
        .await
}
