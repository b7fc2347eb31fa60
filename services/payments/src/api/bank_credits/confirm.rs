//! `POST /api/v1/bank-credits/{id}/confirmation`

use actix_web::{post, web};
use edge::{Command, IdempotencyHeader, NoBody, Official, Problem, Reply, kinds};
use uuid::Uuid;

use super::{of_agency, view::BankCreditView};
use crate::{api::refunds::DecideRefunds, app::App, changes::decide_credit, error};

edge::failures![
    kinds::FORBIDDEN,
    error::CREDIT_NOT_FOUND,
    error::CREDIT_STATE,
    error::CREDIT_FITS_NOT,
    error::SECOND_OFFICIAL
];

/// Confirm what becomes of a bank credit
///
/// A second official confirms what another proposed: the fee is paid as if the bank had told it, and the payer is told; or the transfer
/// was sent back and is never booked.
#[utoipa::path(
    operation_id = "confirm_bank_credit",
    tag = "bank credits",
    params(("id" = Uuid, Path, description = "The transfer"), IdempotencyHeader),
    responses((status = 200, description = "It is decided", body = BankCreditView), Failures),
    security(("bearer" = []))
)]
#[post("/api/v1/bank-credits/{id}/confirmation")]
pub async fn confirm_bank_credit(
    app: web::Data<App>,
    official: Official<DecideRefunds>,
    id: web::Path<Uuid>,
    command: Command<NoBody>,
) -> Result<Reply, Problem> {
    command
        .once(&app.pool, official.caller.id, app.now(), async |conn, _| {
            let credit = of_agency(conn, &official, *id).await?;
            let credit = decide_credit::confirm(conn, &app, &official.caller, credit).await?;
            Ok(Reply::ok(&BankCreditView::from(credit)))
        })
        .await
}
