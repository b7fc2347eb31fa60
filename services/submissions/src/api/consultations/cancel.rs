//! `POST /api/v1/dossiers/{id}/consultations/{number}/cancellation`

use actix_web::{post, web};
use edge::{Command, IdempotencyHeader, IfMatch, Official, OptionalIfMatchHeader, Problem, Reply, kinds};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    api::dossiers::DossierView,
    app::App,
    changes::{consult::cancel_consultation as cancel, duties::Consults},
    error,
};

/// Nothing goes with it.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[schema(as = ConsultationCancellation)]
#[serde(deny_unknown_fields)]
pub struct Cancellation {}

edge::failures![kinds::FORBIDDEN, error::DOSSIER_NOT_FOUND, error::OWN_DOSSIER, error::CONSULTATION_OVER];

/// Take a question back
///
/// Takes back what another agency was asked and has not answered: it is told, and the dossier can be completed without it.
#[utoipa::path(
    operation_id = "cancel_consultation",
    tag = "consultations",
    params(
        ("id" = Uuid, Path, description = "The dossier"),
        ("number" = i32, Path, description = "The number of the question", minimum = 1),
        IdempotencyHeader,
        OptionalIfMatchHeader,
    ),
    request_body(content = Cancellation, example = json!({})),
    responses((status = 200, description = "It is taken back", body = DossierView, headers(
        ("ETag" = String, description = "Its version"),
    )), Failures),
    security(("bearer" = []))
)]
#[post("/api/v1/dossiers/{id}/consultations/{number}/cancellation")]
pub async fn cancel_consultation(
    app: web::Data<App>,
    official: Official<Consults>,
    path: web::Path<(Uuid, i32)>,
    version: Option<IfMatch>,
    command: Command<Cancellation>,
) -> Result<Reply, Problem> {
    let caller = &official.caller;
    command
        .once(&app.pool, caller.id, app.life.clock.now(), async |conn, Cancellation {}| {
            let dossier = cancel(&app, conn, *path, &official, version.as_ref()).await?;
            DossierView::reply(&app, conn, dossier, caller).await
        })
        .await
}
