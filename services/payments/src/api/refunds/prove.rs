//! `POST /api/v1/refunds/{id}/proof`

use actix_web::{post, web};
use edge::{Command, IdempotencyHeader, IfMatch, Official, OptionalIfMatchHeader, Problem, Reply, kinds, written};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Collect, of_agency, view::RefundView};
use crate::{
    app::App,
    changes::decide_refund::{Decision, decide},
    error,
};

/// Where it can be seen that money went back.
#[derive(Deserialize, ToSchema)]
#[schema(as = RefundProof)]
#[serde(deny_unknown_fields)]
pub struct Proof {
    /// The number of the transfer: 3 to 200 characters.
    #[schema(max_length = 800)]
    proof: String,
}

edge::failures![
    kinds::FORBIDDEN,
    error::REFUND_NOT_FOUND,
    error::REFUND_STATE,
    error::SECOND_OFFICIAL,
    error::OWN_ORDER
];

/// Prove a refund
///
/// The number of the transfer by which the agency gave the money back; of a refund that its provider does not tell the end of, what another
/// official found there.
#[utoipa::path(
    operation_id = "prove_refund",
    tag = "refunds",
    params(("id" = Uuid, Path, description = "The refund"), IdempotencyHeader, OptionalIfMatchHeader),
    request_body(content = Proof, example = json!({"proof": "UNC 0042/2026, Kho bạc Nhà nước"})),
    responses((status = 200, description = "The money went back", body = RefundView, headers(
        ("ETag" = String, description = "Its version"),
    )), Failures),
    security(("bearer" = []))
)]
#[post("/api/v1/refunds/{id}/proof")]
pub async fn prove_refund(
    app: web::Data<App>,
    official: Official<Collect>,
    id: web::Path<Uuid>,
    version: Option<IfMatch>,
    command: Command<Proof>,
) -> Result<Reply, Problem> {
    command
        .once(&app.pool, official.caller.id, app.now(), async |conn, body| {
            let decision = Decision::Prove(written("proof", &body.proof, 3, 200)?);
            let refund = of_agency(conn, &official, *id).await?;
            let refund = decide(conn, &app, &official.caller, &refund, version.as_ref(), decision).await?;
            Ok(RefundView::reply(refund))
        })
        .await
}
