//! `POST /api/v1/dossiers/{id}/sending-back`

use actix_web::{post, web};
use edge::{Command, IdempotencyHeader, IfMatch, Official, OptionalIfMatchHeader, Problem, Reply, kinds};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::view::DossierView;
use crate::{
    app::App,
    changes::{duties::SendsBack, send_back::send_back},
    domain::actions::send_back::REASON,
    error,
};

/// Where a dossier is sent back to, and why.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[schema(as = DossierSendingBack)]
#[serde(deny_unknown_fields)]
pub struct SendingBack {
    /// The stage, by code; the last one that it came from, if it is not said.
    #[schema(max_length = 100)]
    stage: Option<String>,
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
    error::FIRST_STAGE,
    error::HELD,
    error::ROLE_MISSING,
    error::FOUR_EYES,
];

/// Send a dossier back
///
/// Sends a dossier back to a stage that it came from: to the official who had it there, if she still holds the role.
#[utoipa::path(
    operation_id = "send_back_dossier",
    tag = "dossiers",
    params(("id" = Uuid, Path, description = "The dossier"), IdempotencyHeader, OptionalIfMatchHeader),
    request_body(content = SendingBack, example = json!({"stage": "THAM_DINH", "reason": "Thiếu ý kiến về diện tích thửa đất."})),
    responses((status = 200, description = "It is at the earlier stage", body = DossierView, headers(
        ("ETag" = String, description = "Its version"),
    )), Failures),
    security(("bearer" = []))
)]
#[post("/api/v1/dossiers/{id}/sending-back")]
pub async fn send_back_dossier(
    app: web::Data<App>,
    official: Official<SendsBack>,
    id: web::Path<Uuid>,
    version: Option<IfMatch>,
    command: Command<SendingBack>,
) -> Result<Reply, Problem> {
    let caller = &official.caller;
    command
        .once(&app.pool, caller.id, app.life.clock.now(), async |conn, SendingBack { stage, reason }| {
            let reason = error::required_text(&REASON, Some(&reason))?;
            let dossier = send_back(&app, conn, *id, &official, version.as_ref(), (stage, reason)).await?;
            DossierView::reply(&app, conn, dossier, caller).await
        })
        .await
}
