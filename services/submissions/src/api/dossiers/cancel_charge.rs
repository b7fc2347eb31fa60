//! `POST /api/v1/dossiers/{id}/charge-cancellation`

use actix_web::{post, web};
use edge::{Command, IdempotencyHeader, IfMatch, Official, OptionalIfMatchHeader, Problem, Reply, kinds};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::view::DossierView;
use crate::{
    app::App,
    changes::{cancel_charge::cancel_charge as cancel, duties::CancelsCharges},
    domain::actions::cancel_charge::REASON,
    error,
};

/// Why a charge is taken back.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[schema(as = DossierChargeCancellation)]
#[serde(deny_unknown_fields)]
pub struct ChargeCancellation {
    /// The reason, 10 to 1000 characters, counted as composed.
    #[schema(max_length = 4000)]
    reason: String,
}

edge::failures![
    kinds::FORBIDDEN,
    error::DOSSIER_NOT_FOUND,
    error::OWN_DOSSIER,
    error::NO_CHARGE_TO_CANCEL,
    error::OTHER_STAGE,
    error::HELD,
    error::ROLE_MISSING,
    error::FOUR_EYES,
];

/// Take back a further fee
///
/// Takes back what was charged while the dossier is worked on and of which nothing is paid, for a reason that the applicant reads. A
/// dossier that waited for it goes on.
#[utoipa::path(
    operation_id = "cancel_charge",
    tag = "dossiers",
    params(("id" = Uuid, Path, description = "The dossier"), IdempotencyHeader, OptionalIfMatchHeader),
    request_body(content = ChargeCancellation, example = json!({"reason": "Người nộp thuộc diện được miễn phí."})),
    responses((status = 200, description = "It is taken back", body = DossierView, headers(
        ("ETag" = String, description = "Its version"),
    )), Failures),
    security(("bearer" = []))
)]
#[post("/api/v1/dossiers/{id}/charge-cancellation")]
pub async fn cancel_charge(
    app: web::Data<App>,
    official: Official<CancelsCharges>,
    id: web::Path<Uuid>,
    version: Option<IfMatch>,
    command: Command<ChargeCancellation>,
) -> Result<Reply, Problem> {
    let caller = &official.caller;
    command
        .once(&app.pool, caller.id, app.life.clock.now(), async |conn, ChargeCancellation { reason }| {
            let reason = error::required_text(&REASON, Some(&reason))?;
            let dossier = cancel(&app, conn, *id, &official, version.as_ref(), &reason).await?;
            DossierView::reply(&app, conn, dossier, caller).await
        })
        .await
}
