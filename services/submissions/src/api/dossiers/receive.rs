//! `POST /api/v1/dossiers/{id}/receipt`

use actix_web::{post, web};
use edge::{Command, IdempotencyHeader, IfMatch, NoBody, Official, OptionalIfMatchHeader, Problem, Reply, kinds};
use uuid::Uuid;

use super::view::DossierView;
use crate::{
    app::App,
    changes::{duties::Receives, receive::receive},
    error,
};

edge::failures![kinds::FORBIDDEN, error::DOSSIER_NOT_FOUND, error::OWN_DOSSIER, error::FEE_NOT_PAID, error::STATUS];

/// Receive a dossier
///
/// Receives a dossier: the agency's time is counted from now.
#[utoipa::path(
    operation_id = "receive_dossier",
    tag = "dossiers",
    params(("id" = Uuid, Path, description = "The dossier"), IdempotencyHeader, OptionalIfMatchHeader),
    responses((status = 200, description = "It is received", body = DossierView, headers(
        ("ETag" = String, description = "Its version"),
    )), Failures),
    security(("bearer" = []))
)]
#[post("/api/v1/dossiers/{id}/receipt")]
pub async fn receive_dossier(
    app: web::Data<App>,
    official: Official<Receives>,
    id: web::Path<Uuid>,
    version: Option<IfMatch>,
    command: Command<NoBody>,
) -> Result<Reply, Problem> {
    let caller = &official.caller;
    command
        .once(&app.pool, caller.id, app.life.clock.now(), async |conn, NoBody {}| {
            let dossier = receive(&app, conn, *id, &official, version.as_ref()).await?;
            DossierView::reply(&app, conn, dossier, caller).await
        })
        .await
}
