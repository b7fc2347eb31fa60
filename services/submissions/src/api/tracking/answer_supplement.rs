//! `POST /api/v1/tracking/supplement`

use actix_web::{post, web};
use edge::{Command, IdempotencyHeader, NoBody, Problem, Reply};

use super::{
    holder::{ReceiptHeaders, ReceiptHolder},
    view::TrackingView,
};
use crate::{app::App, changes::answer_supplement::answer_supplement as answer, error};

edge::failures![error::DOSSIER_NOT_FOUND, error::SIGN_IN_INSTEAD, error::STATUS, error::INCOMPLETE];

/// Send in papers by receipt
///
/// Sends in what the open request asks for, by the receipt of a dossier whose applicant has no account, once there is a document for each
/// of its papers. The agency goes on with the dossier.
#[utoipa::path(
    operation_id = "answer_tracked_supplement",
    tag = "dossiers",
    extensions(("x-guessable" = json!(true))),
    params(ReceiptHeaders, IdempotencyHeader),
    responses((status = 200, description = "They are sent in", body = TrackingView), Failures)
)]
#[post("/api/v1/tracking/supplement")]
pub async fn answer_tracked_supplement(
    app: web::Data<App>,
    holder: ReceiptHolder,
    command: Command<NoBody>,
) -> Result<Reply, Problem> {
    let ReceiptHolder { dossier: id, applicant } = holder;
    command
        .once(&app.pool, id, app.life.clock.now(), async |conn, NoBody {}| {
            let dossier = answer(&app, conn, id, &applicant, None).await?;
            Ok(Reply::ok(&TrackingView::load(&app, conn, dossier).await?))
        })
        .await
}
