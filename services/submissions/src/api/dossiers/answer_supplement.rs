//! `POST /api/v1/dossiers/{id}/supplement`

use actix_web::{post, web};
use edge::{Applicant, Command, IdempotencyHeader, IfMatch, NoBody, OptionalIfMatchHeader, Problem, Reply, kinds};
use uuid::Uuid;

use super::view::DossierView;
use crate::{app::App, changes::answer_supplement::answer_supplement as answer, error};

edge::failures![kinds::FORBIDDEN, error::DOSSIER_NOT_FOUND, error::STATUS, error::INCOMPLETE];

/// Send in the papers that were asked for
///
/// Sends in what the open request asks for, once there is a document for each of its papers: uploaded as documents of the dossier
/// while the request is open. The agency goes on with the dossier.
#[utoipa::path(
    operation_id = "answer_supplement",
    tag = "dossiers",
    params(("id" = Uuid, Path, description = "The dossier"), IdempotencyHeader, OptionalIfMatchHeader),
    responses((status = 200, description = "They are sent in", body = DossierView, headers(
        ("ETag" = String, description = "Its version"),
    )), Failures),
    security(("bearer" = []))
)]
#[post("/api/v1/dossiers/{id}/supplement")]
pub async fn answer_supplement(
    app: web::Data<App>,
    applicant: Applicant,
    id: web::Path<Uuid>,
    version: Option<IfMatch>,
    command: Command<NoBody>,
) -> Result<Reply, Problem> {
    let caller = &applicant.caller;
    command
        .once(&app.pool, caller.id, app.life.clock.now(), async |conn, NoBody {}| {
            let dossier = answer(&app, conn, *id, &applicant, version.as_ref()).await?;
            DossierView::reply(&app, conn, dossier, caller).await
        })
        .await
}
