//! `POST /api/v1/dossiers/{id}/charges`

use actix_web::{post, web};
use civic::Vnd;
use edge::{Command, IdempotencyHeader, IfMatch, Official, OptionalIfMatchHeader, Problem, Reply, kinds};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::view::DossierView;
use crate::{
    app::App,
    changes::{charge::charge, duties::Charges},
    domain::actions::charge::Charged,
    error,
};

/// What is charged while a dossier is worked on.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[schema(as = DossierCharging)]
#[serde(deny_unknown_fields)]
pub struct Charging {
    /// What is due, each thing for itself.
    #[schema(min_items = 1, max_items = 10)]
    lines: Vec<ChargingLine>,
}

/// One thing that is charged.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[schema(as = DossierChargingLine)]
#[serde(deny_unknown_fields)]
pub struct ChargingLine {
    /// What for, 3 to 200 characters, counted as composed.
    #[schema(min_length = 1, max_length = 800)]
    what_for: String,
    /// How much: 1 to 10,000,000,000 đồng.
    amount: Vnd,
    /// What of the law says so, 5 to 300 characters, counted as composed.
    #[schema(min_length = 1, max_length = 1200)]
    legal_basis: String,
}

edge::failures![
    kinds::FORBIDDEN,
    error::DOSSIER_NOT_FOUND,
    error::OWN_DOSSIER,
    error::STATUS,
    error::TOO_MANY_CHARGES,
    error::OTHER_STAGE,
    error::HELD,
    error::ROLE_MISSING,
    error::FOUR_EYES,
];

/// Charge a further fee
///
/// Charges what became due while a dossier is worked on, each line with its legal basis. The agency's time stands still, and the
/// applicant is told, until all of it is paid.
#[utoipa::path(
    operation_id = "charge_dossier",
    tag = "dossiers",
    params(("id" = Uuid, Path, description = "The dossier"), IdempotencyHeader, OptionalIfMatchHeader),
    request_body(content = Charging, example = json!({"lines": [{
        "what_for": "Phí thẩm định hồ sơ", "amount": {"amount": 150_000, "currency": "VND"},
        "legal_basis": "Điều 3 Thông tư 85/2019/TT-BTC",
    }]})),
    responses((status = 200, description = "It is charged", body = DossierView, headers(
        ("ETag" = String, description = "Its version"),
    )), Failures),
    security(("bearer" = []))
)]
#[post("/api/v1/dossiers/{id}/charges")]
pub async fn charge_dossier(
    app: web::Data<App>,
    official: Official<Charges>,
    id: web::Path<Uuid>,
    version: Option<IfMatch>,
    command: Command<Charging>,
) -> Result<Reply, Problem> {
    let caller = &official.caller;
    command
        .once(&app.pool, caller.id, app.life.clock.now(), async |conn, Charging { lines }| {
            let lines = lines.into_iter().map(|line| (line.what_for, line.amount, line.legal_basis)).collect();
            let charged = Charged::of(lines).map_err(|wrong| error::with_findings(kinds::INVALID, vec![wrong]))?;
            let dossier = charge(&app, conn, *id, &official, version.as_ref(), charged).await?;
            DossierView::reply(&app, conn, dossier, caller).await
        })
        .await
}
