//! `POST /api/v1/procedures/{code}/withdrawal`

use actix_web::{post, web};
use civic::ProcedureCode;
use edge::{Command, IdempotencyHeader, IfMatch, IfMatchHeader, Problem, Reply, kinds, written};
use serde::Deserialize;
use utoipa::ToSchema;

use super::get::ProcedureWithdrawal;
use crate::{api::controller::Controller, app::App, changes::withdraw::withdraw, error};

/// By which decision a procedure is withdrawn, and why.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProcedureWithdrawalNote {
    /// The number of the decision: 3 to 100 characters, counted as composed.
    #[schema(max_length = 400, example = "567/QĐ-UBND")]
    decision: String,
    /// Why, as everybody reads it: 10 to 1000 characters.
    #[schema(max_length = 4000)]
    reason: String,
}

edge::failures![kinds::FORBIDDEN, error::PROCEDURE_NOT_FOUND, error::PROCEDURE_WITHDRAWN];

/// Withdraw a procedure
///
/// It is not offered any more: lists leave it out, and nobody begins a dossier of it. What was begun goes on, what was published stays
/// readable, and the next version that comes into force brings it back. `If-Match` names the number of the version in force.
#[utoipa::path(
    operation_id = "withdraw_procedure",
    tag = "procedures",
    params(("code" = ProcedureCode, Path, description = "The procedure's code"), IdempotencyHeader, IfMatchHeader),
    request_body(content = ProcedureWithdrawalNote, example = json!({
        "decision": "567/QĐ-UBND", "reason": "Thủ tục bị bãi bỏ theo Nghị định số 123/2026/NĐ-CP."
    })),
    responses((status = 200, description = "It is not offered any more", body = ProcedureWithdrawal), Failures),
    security(("bearer" = []))
)]
#[post("/api/v1/procedures/{code}/withdrawal")]
pub async fn withdraw_procedure(
    app: web::Data<App>,
    controller: Controller,
    code: web::Path<ProcedureCode>,
    seen: IfMatch,
    command: Command<ProcedureWithdrawalNote>,
) -> Result<Reply, Problem> {
    let by = controller.0;
    command
        .once(&app.pool, by.id, app.life.clock.now(), async |conn, note| {
            let decision = written("decision", &note.decision, 3, 100)?;
            let reason = written("reason", &note.reason, 10, 1000)?;
            let withdrawal = withdraw(conn, &app, &by, &code, &seen, (decision, reason)).await?;
            Ok(Reply::ok(&ProcedureWithdrawal::from(withdrawal)))
        })
        .await
}
