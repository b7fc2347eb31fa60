//! `POST /api/v1/receipts/{id}/replacement`

use actix_web::{post, web};
use edge::{Command, IdempotencyHeader, Official, Problem, Reply, kinds, written, written_if_any};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{of_agency, view::ReceiptView};
use crate::{
    api::refunds::Collect,
    app::App,
    changes::end_receipt::{self, Corrected},
    error,
};

/// What the new receipt says of who paid.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Replacement {
    /// Why: 10 to 1000 characters, counted as composed.
    #[schema(max_length = 4000)]
    reason: String,
    /// Who paid: 1 to 200 characters.
    #[schema(max_length = 800)]
    payer_name: String,
    /// The payer's address. Up to 300 characters.
    #[schema(max_length = 1200)]
    payer_address: Option<String>,
    /// The payer's citizen or tax number. Up to 20 characters.
    #[schema(max_length = 80)]
    payer_number: Option<String>,
}

edge::failures![kinds::FORBIDDEN, error::RECEIPT_NOT_FOUND, error::RECEIPT_ENDED];

/// Replace a receipt
///
/// Another receipt, with the next number, stands for this one, which says wrongly who paid. The payment is the same.
#[utoipa::path(
    operation_id = "replace_receipt",
    tag = "receipts",
    params(("id" = Uuid, Path, description = "The receipt"), IdempotencyHeader),
    request_body(content = Replacement, example = json!({
        "reason": "Ghi sai tên người nộp.", "payer_name": "Nguyễn Văn An", "payer_number": "001092000001",
    })),
    responses((status = 201, description = "The new receipt", body = ReceiptView, headers(
        ("Location" = String, description = "Its document"),
    )), Failures),
    security(("bearer" = []))
)]
#[post("/api/v1/receipts/{id}/replacement")]
pub async fn replace_receipt(
    app: web::Data<App>,
    official: Official<Collect>,
    id: web::Path<Uuid>,
    command: Command<Replacement>,
) -> Result<Reply, Problem> {
    command
        .once(&app.pool, official.caller.id, app.now(), async |conn, body| {
            let reason = written("reason", &body.reason, 10, 1000)?;
            let corrected = Corrected {
                payer_name: written("payer_name", &body.payer_name, 1, 200)?,
                payer_address: written_if_any("payer_address", body.payer_address.as_deref(), 300)?,
                payer_number: written_if_any("payer_number", body.payer_number.as_deref(), 20)?,
            };
            let receipt = of_agency(conn, &official, *id).await?;
            let new = end_receipt::replace(conn, &app, &official.caller, &receipt, corrected, &reason).await?;
            let location = format!("/api/v1/receipts/{}/document", new.id);
            Ok(Reply::created(&ReceiptView::from(new), location))
        })
        .await
}
