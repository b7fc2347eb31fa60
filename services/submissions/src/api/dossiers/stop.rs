//! `POST /api/v1/dossiers/{id}/suspension`

use actix_web::{post, web};
use edge::{Command, IdempotencyHeader, IfMatch, Official, OptionalIfMatchHeader, Problem, Reply, kinds};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::view::DossierView;
use crate::{
    app::App,
    changes::{duties::Stops, stop::stop},
    domain::actions::stop::REASON,
    error,
};

/// Why the work on a dossier is stopped.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[schema(as = DossierSuspension)]
#[serde(deny_unknown_fields)]
pub struct Suspension {
    /// The reason, 10 to 1000 characters, counted as composed.
    #[schema(max_length = 4000)]
    reason: String,
}

edge::failures![
    kinds::FORBIDDEN,
    error::DOSSIER_NOT_FOUND,
    error::OWN_DOSSIER,
    error::STATUS,
    error::OTHER_STAGE,
    error::HELD,
    error::ROLE_MISSING,
    error::FOUR_EYES,
];

/// Stop the work on a dossier
///
/// Stops the work on a dossier that was received, for a reason that the applicant reads: the agency's time stands still until it is
/// resumed.
#[utoipa::path(
    operation_id = "stop_dossier",
    tag = "dossiers",
    params(("id" = Uuid, Path, description = "The dossier"), IdempotencyHeader, OptionalIfMatchHeader),
    request_body(content = Suspension, example = json!({"reason": "Tạm dừng chờ kết luận giám định của cơ quan có thẩm quyền."})),
    responses((status = 200, description = "It is stopped", body = DossierView, headers(
        ("ETag" = String, description = "Its version"),
    )), Failures),
    security(("bearer" = []))
)]
#[post("/api/v1/dossiers/{id}/suspension")]
pub async fn stop_dossier(
    app: web::Data<App>,
    official: Official<Stops>,
    id: web::Path<Uuid>,
    version: Option<IfMatch>,
    command: Command<Suspension>,
) -> Result<Reply, Problem> {
    let caller = &official.caller;
    command
        .once(&app.pool, caller.id, app.life.clock.now(), async |conn, Suspension { reason }| {
            let reason = error::required_text(&REASON, Some(&reason))?;
            let dossier = stop(&app, conn, *id, &official, version.as_ref(), &reason).await?;
            DossierView::reply(&app, conn, dossier, caller).await
        })
        .await
}
