//! `POST /api/v1/dossiers/{id}/withdrawal`

use actix_web::{post, web};
use edge::{Applicant, Command, IdempotencyHeader, IfMatch, OptionalIfMatchHeader, Problem, Reply, kinds};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::view::DossierView;
use crate::{app::App, changes::withdraw::withdraw, domain::actions::withdraw::REASON, error};

/// Why a dossier is taken back.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[schema(as = DossierWithdrawal)]
#[serde(deny_unknown_fields)]
pub struct Withdrawal {
    /// Why, if there is something to say: at most 1000 characters, counted as composed. The agency reads it.
    #[schema(max_length = 4000)]
    pub reason: Option<String>,
}

edge::failures![kinds::FORBIDDEN, error::DOSSIER_NOT_FOUND, error::STATUS];

/// Withdraw a dossier
///
/// Takes a dossier back: possible until it is decided or stopped. It ends; what was paid is for the agency to give back by its rules.
#[utoipa::path(
    operation_id = "withdraw_dossier",
    tag = "dossiers",
    params(("id" = Uuid, Path, description = "The dossier"), IdempotencyHeader, OptionalIfMatchHeader),
    request_body(content = Withdrawal, example = json!({"reason": "Nộp nhầm thủ tục."})),
    responses((status = 200, description = "It is withdrawn", body = DossierView, headers(
        ("ETag" = String, description = "Its version"),
    )), Failures),
    security(("bearer" = []))
)]
#[post("/api/v1/dossiers/{id}/withdrawal")]
pub async fn withdraw_dossier(
    app: web::Data<App>,
    applicant: Applicant,
    id: web::Path<Uuid>,
    version: Option<IfMatch>,
    command: Command<Withdrawal>,
) -> Result<Reply, Problem> {
    let caller = &applicant.caller;
    command
        .once(&app.pool, caller.id, app.life.clock.now(), async |conn, Withdrawal { reason }| {
            let reason = error::read_text(&REASON, reason.as_deref())?;
            let dossier = withdraw(&app, conn, *id, &applicant, version.as_ref(), reason.as_deref()).await?;
            DossierView::reply(&app, conn, dossier, caller).await
        })
        .await
}
