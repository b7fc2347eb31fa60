//! `POST /api/v1/dossiers/{id}/forwarding`

use actix_web::{post, web};
use edge::{Command, IdempotencyHeader, IfMatch, Official, OptionalIfMatchHeader, Problem, Reply, kinds};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::view::DossierView;
use crate::{
    app::App,
    changes::{
        duties::Forwards,
        forward::{ChosenNext, forward},
    },
    domain::actions::complete::NOTE,
    error,
};

/// Where a dossier is handed on to.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[schema(as = DossierForwarding)]
#[serde(deny_unknown_fields)]
pub struct Forwarding {
    /// The stage, by code; needed where several may follow.
    #[schema(max_length = 100)]
    stage: Option<String>,
    /// The official there. If none is named: who has the least to do, where the process wants that, or else nobody.
    official: Option<Uuid>,
    /// A note for officials, up to 1000 characters, counted as composed.
    #[schema(max_length = 4000)]
    note: Option<String>,
}

edge::failures![
    kinds::FORBIDDEN,
    error::DOSSIER_NOT_FOUND,
    error::OWN_DOSSIER,
    error::STATUS,
    error::NO_STAGES,
    error::LAST_STAGE,
    error::HELD,
    error::ROLE_MISSING,
    error::FOUR_EYES,
];

/// Hand a dossier on
///
/// Finishes the stage of a dossier and hands it on to the next: at an approver's stage, that is her signature. One that leaves the stage
/// where it was received is processed from then on.
#[utoipa::path(
    operation_id = "forward_dossier",
    tag = "dossiers",
    params(("id" = Uuid, Path, description = "The dossier"), IdempotencyHeader, OptionalIfMatchHeader),
    request_body(content = Forwarding, example = json!({"stage": "THAM_DINH", "note": "Đã đối chiếu bản gốc."})),
    responses((status = 200, description = "It is at the next stage", body = DossierView, headers(
        ("ETag" = String, description = "Its version"),
    )), Failures),
    security(("bearer" = []))
)]
#[post("/api/v1/dossiers/{id}/forwarding")]
pub async fn forward_dossier(
    app: web::Data<App>,
    official: Official<Forwards>,
    id: web::Path<Uuid>,
    version: Option<IfMatch>,
    command: Command<Forwarding>,
) -> Result<Reply, Problem> {
    let caller = &official.caller;
    command
        .once(&app.pool, caller.id, app.life.clock.now(), async |conn, Forwarding { stage, official: to, note }| {
            let note = error::read_text(&NOTE, note.as_deref())?;
            let chosen = ChosenNext { stage, official: to, note };
            let dossier = forward(&app, conn, *id, &official, version.as_ref(), chosen).await?;
            DossierView::reply(&app, conn, dossier, caller).await
        })
        .await
}
