//! `GET /api/v1/receipts/{id}`

use actix_web::{get, web};
use edge::{Problem, Reply, SignedIn};
use uuid::Uuid;

use super::{may_see, view::ReceiptView};
use crate::{app::App, error, store::receipts};

edge::failures![error::RECEIPT_NOT_FOUND];

/// Read a receipt
///
/// What a receipt says and whether it is valid, to whoever paid and to the officials of its agency who see its money.
#[utoipa::path(
    operation_id = "get_receipt",
    tag = "receipts",
    params(("id" = Uuid, Path, description = "The receipt")),
    responses((status = 200, description = "The receipt", body = ReceiptView), Failures),
    security(("bearer" = []))
)]
#[get("/api/v1/receipts/{id}")]
pub async fn get_receipt(app: web::Data<App>, caller: SignedIn, id: web::Path<Uuid>) -> Result<Reply, Problem> {
    let receipt = receipts::find(&mut *app.pool.get().await?, *id).await?;
    let receipt = receipt.filter(|receipt| may_see(caller.0, receipt)).ok_or(error::RECEIPT_NOT_FOUND)?;
    Ok(Reply::ok(&ReceiptView::from(receipt)))
}
