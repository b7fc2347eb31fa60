//! `POST /api/v1/waivers/{id}/refusal`

use actix_web::{post, web};
use edge::{Command, IdempotencyHeader, IfMatch, Official, OptionalIfMatchHeader, Problem, Reply, kinds, written};
use uuid::Uuid;

use super::{of_agency, view::WaiverView};
use crate::{
    api::refunds::{DecideRefunds, Reason},
    app::App,
    changes::decide_waiver::{Decision, decide},
    error,
};

edge::failures![kinds::FORBIDDEN, error::WAIVER_NOT_FOUND, error::WAIVER_STATE, error::OWN_ORDER];

/// Turn a waiver down
///
/// The fee stays due, and a waiver can be asked for again. Who asked takes it back so.
#[utoipa::path(
    operation_id = "turn_down_waiver",
    tag = "waivers",
    params(("id" = Uuid, Path, description = "The waiver"), IdempotencyHeader, OptionalIfMatchHeader),
    request_body(content = Reason, example = json!({"reason": "Giấy chứng nhận hộ nghèo đã hết hạn."})),
    responses((status = 200, description = "It is turned down", body = WaiverView, headers(
        ("ETag" = String, description = "Its version"),
    )), Failures),
    security(("bearer" = []))
)]
#[post("/api/v1/waivers/{id}/refusal")]
pub async fn turn_down_waiver(
    app: web::Data<App>,
    official: Official<DecideRefunds>,
    id: web::Path<Uuid>,
    version: Option<IfMatch>,
    command: Command<Reason>,
) -> Result<Reply, Problem> {
    command
        .once(&app.pool, official.caller.id, app.now(), async |conn, body| {
            let decision = Decision::TurnDown(written("reason", &body.reason, 10, 1000)?);
            let waiver = of_agency(conn, &official, *id).await?;
            let waiver = decide(conn, &app, &official.caller, &waiver, version.as_ref(), decision).await?;
            Ok(WaiverView::reply(waiver))
        })
        .await
}
