//! `POST /api/v1/refunds/{id}/refusal`

use actix_web::{post, web};
use edge::{Command, IdempotencyHeader, IfMatch, Official, OptionalIfMatchHeader, Problem, Reply, kinds, written};
use uuid::Uuid;

use super::{DecideRefunds, Reason, of_agency, view::RefundView};
use crate::{
    app::App,
    changes::decide_refund::{Decision, decide},
    error,
};

edge::failures![
    kinds::FORBIDDEN,
    error::REFUND_NOT_FOUND,
    error::REFUND_STATE,
    error::SECOND_OFFICIAL,
    error::OWN_ORDER
];

/// Turn a refund down
///
/// The money stays, and can be asked for again. Who asked takes it back so, while nothing was sent; what the provider does not tell the end of
/// is turned down by another official, who found there that nothing went back.
#[utoipa::path(
    operation_id = "turn_down_refund",
    tag = "refunds",
    params(("id" = Uuid, Path, description = "The refund"), IdempotencyHeader, OptionalIfMatchHeader),
    request_body(content = Reason, example = json!({"reason": "Khoản này đã được hoàn trả tại quầy."})),
    responses((status = 200, description = "It is turned down", body = RefundView, headers(
        ("ETag" = String, description = "Its version"),
    )), Failures),
    security(("bearer" = []))
)]
#[post("/api/v1/refunds/{id}/refusal")]
pub async fn turn_down_refund(
    app: web::Data<App>,
    official: Official<DecideRefunds>,
    id: web::Path<Uuid>,
    version: Option<IfMatch>,
    command: Command<Reason>,
) -> Result<Reply, Problem> {
    command
        .once(&app.pool, official.caller.id, app.now(), async |conn, body| {
            let decision = Decision::TurnDown(written("reason", &body.reason, 10, 1000)?);
            let refund = of_agency(conn, &official, *id).await?;
            let refund = decide(conn, &app, &official.caller, &refund, version.as_ref(), decision).await?;
            Ok(RefundView::reply(refund))
        })
        .await
}
