//! `POST /api/v1/receipts/{id}/cancellation`

use actix_web::{post, web};
use edge::{Command, IdempotencyHeader, Official, Problem, Reply, kinds, written};
use uuid::Uuid;

use super::{of_agency, view::ReceiptView};
use crate::{
    api::refunds::{Collect, Reason},
    app::App,
    changes::end_receipt,
    error,
};

edge::failures![kinds::FORBIDDEN, error::RECEIPT_NOT_FOUND, error::RECEIPT_ENDED];

/// Cancel a receipt
///
/// The receipt stops being valid, with a reason. Its number stays taken.
#[utoipa::path(
    operation_id = "cancel_receipt",
    tag = "receipts",
    params(("id" = Uuid, Path, description = "The receipt"), IdempotencyHeader),
    request_body(content = Reason, example = json!({"reason": "Lập sai khoản thu."})),
    responses((status = 200, description = "It is cancelled", body = ReceiptView), Failures),
    security(("bearer" = []))
)]
#[post("/api/v1/receipts/{id}/cancellation")]
pub async fn cancel_receipt(
    app: web::Data<App>,
    official: Official<Collect>,
    id: web::Path<Uuid>,
    command: Command<Reason>,
) -> Result<Reply, Problem> {
    command
        .once(&app.pool, official.caller.id, app.now(), async |conn, body| {
            let reason = written("reason", &body.reason, 10, 1000)?;
            let receipt = of_agency(conn, &official, *id).await?;
            let receipt = end_receipt::cancel(conn, &app, &official.caller, &receipt, &reason).await?;
            Ok(Reply::ok(&ReceiptView::from(receipt)))
        })
        .await
}
