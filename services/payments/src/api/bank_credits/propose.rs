//! `POST /api/v1/bank-credits/{id}/proposal`

use actix_web::{post, web};
use civic::DossierCode;
use edge::{Command, IdempotencyHeader, Official, Problem, Reply, kinds, written};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{of_agency, view::BankCreditView};
use crate::{api::refunds::Collect, app::App, changes::decide_credit, error};

/// What is to become of a transfer.
#[derive(Deserialize, ToSchema)]
#[schema(as = BankCreditProposal)]
#[serde(deny_unknown_fields)]
pub struct Proposal {
    /// The dossier whose fee it pays; without one, the agency sent it back by its bank.
    code: Option<DossierCode>,
    /// Where that can be seen: 3 to 200 characters.
    #[schema(max_length = 800)]
    proof: String,
}

edge::failures![kinds::FORBIDDEN, error::CREDIT_NOT_FOUND, error::CREDIT_STATE, error::CREDIT_FITS_NOT];

/// Propose what becomes of a bank credit
///
/// A cashier says which fee of the agency it pays, which must be just as much, or that the agency sent it back. Another official confirms. A
/// later proposal takes the place of the one before.
#[utoipa::path(
    operation_id = "propose_bank_credit",
    tag = "bank credits",
    params(("id" = Uuid, Path, description = "The transfer"), IdempotencyHeader),
    request_body(content = Proposal, example = json!({"proof": "UNC 0042/2026: đã chuyển trả người gửi"})),
    responses((status = 200, description = "It waits for another official", body = BankCreditView), Failures),
    security(("bearer" = []))
)]
#[post("/api/v1/bank-credits/{id}/proposal")]
pub async fn propose_bank_credit(
    app: web::Data<App>,
    official: Official<Collect>,
    id: web::Path<Uuid>,
    command: Command<Proposal>,
) -> Result<Reply, Problem> {
    command
        .once(&app.pool, official.caller.id, app.now(), async |conn, body| {
            let proposal = (body.code, written("proof", &body.proof, 3, 200)?);
            let credit = of_agency(conn, &official, *id).await?;
            let credit = decide_credit::propose(conn, &app, &official.caller, credit, proposal).await?;
            Ok(Reply::ok(&BankCreditView::from(credit)))
        })
        .await
}
