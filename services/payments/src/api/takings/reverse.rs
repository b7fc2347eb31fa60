//! `POST /api/v1/takings/{id}/reversal`

use actix_web::{post, web};
use edge::{Command, IdempotencyHeader, Official, Problem, Reply, kinds, written};
use uuid::Uuid;

use crate::{
    api::{
        refunds::{Collect, Reason},
        shifts::{take::shown, view::TakingView},
    },
    app::App,
    changes::{reverse_taking::reverse, shift},
    error,
    store::{shifts, takings},
};

edge::failures![kinds::FORBIDDEN, error::TAKING_NOT_FOUND, error::SHIFT_NOT_OPEN, error::TAKING_FINAL];

/// Reverse a taking
///
/// The cashier took money wrongly and gives it back while her shift is open. What she took stays in the books, its receipt is cancelled,
/// and the order is due again. After the shift money goes back by a refund.
#[utoipa::path(
    operation_id = "reverse_taking",
    tag = "till",
    params(("id" = Uuid, Path, description = "The taking"), IdempotencyHeader),
    request_body(content = Reason, example = json!({"reason": "Thu nhầm hồ sơ của người khác."})),
    responses((status = 200, description = "It is reversed", body = TakingView), Failures),
    security(("bearer" = []))
)]
#[post("/api/v1/takings/{id}/reversal")]
pub async fn reverse_taking(
    app: web::Data<App>,
    official: Official<Collect>,
    id: web::Path<Uuid>,
    command: Command<Reason>,
) -> Result<Reply, Problem> {
    command
        .once(&app.pool, official.caller.id, app.now(), async |conn, body| {
            let reason = written("reason", &body.reason, 10, 1000)?;
            let taking = takings::find(conn, *id).await?.ok_or(error::TAKING_NOT_FOUND)?;
            let shift = shifts::find(conn, taking.shift_id).await?;
            if shift.is_none_or(|shift| !official.agencies().contains(&shift.agency)) {
                return Err(error::TAKING_NOT_FOUND.into());
            }
            shift::hold_own(conn, &official.caller, &official.agencies(), taking.shift_id).await?;
            let taking = reverse(conn, &app, &official.caller, &taking, &reason).await?;
            Ok(Reply::ok(&shown(conn, taking).await?))
        })
        .await
}
