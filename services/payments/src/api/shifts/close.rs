//! `POST /api/v1/shifts/{id}/closure`

use actix_web::{post, web};
use civic::Vnd;
use edge::{Command, IdempotencyHeader, Official, Problem, Reply, kinds, written_if_any};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::view::ShiftView;
use crate::{api::refunds::Collect, app::App, changes::shift, error};

/// What was counted.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ShiftClosure {
    /// What is in the drawer.
    counted: Vnd,
    /// Why that is not what should be there: up to 1000 characters. Needed only then.
    #[schema(max_length = 4000)]
    reason: Option<String>,
}

edge::failures![kinds::FORBIDDEN, error::SHIFT_NOT_FOUND, error::SHIFT_NOT_OPEN, error::SHIFT_DIFFERS];

/// Close a cashier's shift
///
/// The cashier counts what is in the drawer. When it is not what should be there, she says why; nothing is made to fit.
#[utoipa::path(
    operation_id = "close_shift",
    tag = "till",
    params(("id" = Uuid, Path, description = "The shift"), IdempotencyHeader),
    request_body(content = ShiftClosure, example = json!({
        "counted": {"amount": 500_000, "currency": "VND"}, "reason": "Trả nhầm tiền thừa cho người nộp.",
    })),
    responses((status = 200, description = "It is closed", body = ShiftView), Failures),
    security(("bearer" = []))
)]
#[post("/api/v1/shifts/{id}/closure")]
pub async fn close_shift(
    app: web::Data<App>,
    official: Official<Collect>,
    id: web::Path<Uuid>,
    command: Command<ShiftClosure>,
) -> Result<Reply, Problem> {
    command
        .once(&app.pool, official.caller.id, app.now(), async |conn, closure| {
            let reason = written_if_any("reason", closure.reason.as_deref(), 1000)?;
            let shift = shift::hold_own(conn, &official.caller, &official.agencies(), *id).await?;
            let shift = shift::close(conn, &app, &official.caller, shift, closure.counted, reason).await?;
            Ok(Reply::ok(&ShiftView::from(shift)))
        })
        .await
}
