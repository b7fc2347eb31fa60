//! `POST /api/v1/dossiers/{id}/correction`

use actix_web::{post, web};
use edge::{Command, IdempotencyHeader, IfMatch, Official, OptionalIfMatchHeader, Problem, Reply, kinds};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::view::DossierView;
use crate::{
    app::App,
    changes::{correct::correct, duties::Corrects},
    domain::actions::correct::{CorrectionTime, REASON},
    error,
};

/// Why a finished dossier is corrected.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[schema(as = DossierCorrection)]
#[serde(deny_unknown_fields)]
pub struct Correction {
    /// The reason, 10 to 1000 characters, counted as composed.
    #[schema(max_length = 4000)]
    reason: String,
    /// Whether the agency's time begins anew, where the law gives the correction one; it stays over, if it is not said.
    time: Option<CorrectionTime>,
}

edge::failures![kinds::FORBIDDEN, error::DOSSIER_NOT_FOUND, error::OWN_DOSSIER, error::STATUS];

/// Correct a finished dossier
///
/// Takes a dossier up again whose result has a mistake, for a reason that the applicant reads. What was issued is kept and marked as
/// replaced; the new result goes out when the dossier is completed again. The agency's time does not run again, unless it is said that it
/// begins anew.
#[utoipa::path(
    operation_id = "correct_dossier",
    tag = "dossiers",
    params(("id" = Uuid, Path, description = "The dossier"), IdempotencyHeader, OptionalIfMatchHeader),
    request_body(content = Correction, example = json!({"reason": "Ghi sai ngày sinh trong giấy khai sinh đã cấp."})),
    responses((status = 200, description = "It is taken up again", body = DossierView, headers(
        ("ETag" = String, description = "Its version"),
    )), Failures),
    security(("bearer" = []))
)]
#[post("/api/v1/dossiers/{id}/correction")]
pub async fn correct_dossier(
    app: web::Data<App>,
    official: Official<Corrects>,
    id: web::Path<Uuid>,
    version: Option<IfMatch>,
    command: Command<Correction>,
) -> Result<Reply, Problem> {
    let caller = &official.caller;
    command
        .once(&app.pool, caller.id, app.life.clock.now(), async |conn, Correction { reason, time }| {
            let reason = error::required_text(&REASON, Some(&reason))?;
            let time = time.unwrap_or(CorrectionTime::Over);
            let dossier = correct(&app, conn, *id, &official, version.as_ref(), (&reason, time)).await?;
            DossierView::reply(&app, conn, dossier, caller).await
        })
        .await
}
