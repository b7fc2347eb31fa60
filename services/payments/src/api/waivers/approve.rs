//! `POST /api/v1/waivers/{id}/approval`

use actix_web::{post, web};
use edge::{Command, IdempotencyHeader, IfMatch, NoBody, Official, OptionalIfMatchHeader, Problem, Reply, kinds};
use uuid::Uuid;

use super::{of_agency, view::WaiverView};
use crate::{
    api::refunds::DecideRefunds,
    app::App,
    changes::decide_waiver::{Decision, decide},
    error,
};

edge::failures![
    kinds::FORBIDDEN,
    error::WAIVER_NOT_FOUND,
    error::WAIVER_STATE,
    error::WAIVER_NOTHING_DUE,
    error::WAIVER_TOO_MUCH,
    error::WAIVER_WHILE_PAYING,
    error::SECOND_OFFICIAL_WAIVES,
    error::OWN_ORDER
];

/// Approve a waiver
///
/// A second official approves a waiver above the limit, or of an order at which the first took money; who asked for it cannot. What was paid
/// since may leave too little: then the waiver can only be turned down.
#[utoipa::path(
    operation_id = "approve_waiver",
    tag = "waivers",
    params(("id" = Uuid, Path, description = "The waiver"), IdempotencyHeader, OptionalIfMatchHeader),
    responses((status = 200, description = "So much need not be paid", body = WaiverView, headers(
        ("ETag" = String, description = "Its version"),
    )), Failures),
    security(("bearer" = []))
)]
#[post("/api/v1/waivers/{id}/approval")]
pub async fn approve_waiver(
    app: web::Data<App>,
    official: Official<DecideRefunds>,
    id: web::Path<Uuid>,
    version: Option<IfMatch>,
    command: Command<NoBody>,
) -> Result<Reply, Problem> {
    command
        .once(&app.pool, official.caller.id, app.now(), async |conn, _| {
            let waiver = of_agency(conn, &official, *id).await?;
            let waiver = decide(conn, &app, &official.caller, &waiver, version.as_ref(), Decision::Approve).await?;
            Ok(WaiverView::reply(waiver))
        })
        .await
}
