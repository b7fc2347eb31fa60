//! `POST /api/v1/dossiers/{id}/taking`

use actix_web::{post, web};
use edge::{Command, IdempotencyHeader, IfMatch, NoBody, Official, OptionalIfMatchHeader, Problem, Reply, kinds};
use uuid::Uuid;

use super::view::DossierView;
use crate::{
    app::App,
    changes::{duties::Takes, take::take},
    error,
};

edge::failures![
    kinds::FORBIDDEN,
    error::DOSSIER_NOT_FOUND,
    error::OWN_DOSSIER,
    error::STATUS,
    error::NO_STAGES,
    error::HELD,
    error::ROLE_MISSING,
    error::FOUR_EYES,
];

/// Take a dossier on
///
/// Takes on a dossier that nobody has, at a stage whose role the official holds. One that has left the stage where it was received is
/// processed from then on.
#[utoipa::path(
    operation_id = "take_dossier",
    tag = "dossiers",
    params(("id" = Uuid, Path, description = "The dossier"), IdempotencyHeader, OptionalIfMatchHeader),
    responses((status = 200, description = "It is hers", body = DossierView, headers(
        ("ETag" = String, description = "Its version"),
    )), Failures),
    security(("bearer" = []))
)]
#[post("/api/v1/dossiers/{id}/taking")]
pub async fn take_dossier(
    app: web::Data<App>,
    official: Official<Takes>,
    id: web::Path<Uuid>,
    version: Option<IfMatch>,
    command: Command<NoBody>,
) -> Result<Reply, Problem> {
    let caller = &official.caller;
    command
        .once(&app.pool, caller.id, app.life.clock.now(), async |conn, NoBody {}| {
            let dossier = take(&app, conn, *id, &official, version.as_ref()).await?;
            DossierView::reply(&app, conn, dossier, caller).await
        })
        .await
}
