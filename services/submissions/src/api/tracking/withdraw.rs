//! `POST /api/v1/tracking/withdrawal`

use actix_web::{post, web};
use edge::{Command, IdempotencyHeader, Problem, Reply};

use super::{
    holder::{ReceiptHeaders, ReceiptHolder},
    view::TrackingView,
};
use crate::{
    api::dossiers::withdraw::Withdrawal, app::App, changes::withdraw::withdraw, domain::actions::withdraw::REASON,
    error,
};

edge::failures![error::DOSSIER_NOT_FOUND, error::SIGN_IN_INSTEAD, error::STATUS];

/// Withdraw a dossier by receipt
///
/// Takes a dossier back whose applicant has no account: possible until it is decided or stopped. It ends; what was paid is for the agency to
/// give back by its rules.
#[utoipa::path(
    operation_id = "withdraw_tracked_dossier",
    tag = "dossiers",
    extensions(("x-guessable" = json!(true))),
    params(ReceiptHeaders, IdempotencyHeader),
    request_body(content = Withdrawal, example = json!({"reason": "Nộp nhầm thủ tục."})),
    responses((status = 200, description = "It is withdrawn", body = TrackingView), Failures)
)]
#[post("/api/v1/tracking/withdrawal")]
pub async fn withdraw_tracked_dossier(
    app: web::Data<App>,
    holder: ReceiptHolder,
    command: Command<Withdrawal>,
) -> Result<Reply, Problem> {
    let ReceiptHolder { dossier: id, applicant } = holder;
    command
        .once(&app.pool, id, app.life.clock.now(), async |conn, Withdrawal { reason }| {
            let reason = error::read_text(&REASON, reason.as_deref())?;
            let dossier = withdraw(&app, conn, id, &applicant, None, reason.as_deref()).await?;
            Ok(Reply::ok(&TrackingView::load(&app, conn, dossier).await?))
        })
        .await
}
