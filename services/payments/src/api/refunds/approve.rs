//! `POST /api/v1/refunds/{id}/approval`

use actix_web::{post, web};
use edge::{Command, IdempotencyHeader, IfMatch, NoBody, Official, OptionalIfMatchHeader, Problem, Reply, kinds};
use uuid::Uuid;

use super::{DecideRefunds, of_agency, view::RefundView};
use crate::{
    app::App,
    changes::decide_refund::{Decision, decide},
    error,
};

edge::failures![
    kinds::FORBIDDEN,
    error::REFUND_NOT_FOUND,
    error::REFUND_STATE,
    error::REFUND_CAUSE,
    error::SECOND_OFFICIAL,
    error::OWN_ORDER
];

/// Approve a refund
///
/// A second official approves a refund above the limit, or of a dossier that is stopped; who asked for it cannot. When the dossier has
/// gone on since, the refund can only be turned down.
#[utoipa::path(
    operation_id = "approve_refund",
    tag = "refunds",
    params(("id" = Uuid, Path, description = "The refund"), IdempotencyHeader, OptionalIfMatchHeader),
    responses((status = 200, description = "It is approved", body = RefundView, headers(
        ("ETag" = String, description = "Its version"),
    )), Failures),
    security(("bearer" = []))
)]
#[post("/api/v1/refunds/{id}/approval")]
pub async fn approve_refund(
    app: web::Data<App>,
    official: Official<DecideRefunds>,
    id: web::Path<Uuid>,
    version: Option<IfMatch>,
    command: Command<NoBody>,
) -> Result<Reply, Problem> {
    command
        .once(&app.pool, official.caller.id, app.now(), async |conn, _| {
            let decision = Decision::Approve;
            let refund = of_agency(conn, &official, *id).await?;
            let refund = decide(conn, &app, &official.caller, &refund, version.as_ref(), decision).await?;
            Ok(RefundView::reply(refund))
        })
        .await
}
