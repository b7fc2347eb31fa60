//! `POST /api/v1/agencies/{agency}/payment-callbacks/{id}/review`

use actix_web::{post, web};
use civic::AgencyCode;
use edge::{Command, IdempotencyHeader, Official, Problem, Reply, kinds, written};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{api::refunds::DecideRefunds, app::App, changes::review_callback::review_callback as review, error};

/// What an official found.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CallbackReview {
    /// What was found, and what was done: 10 to 1000 characters, counted as composed.
    #[schema(max_length = 4000)]
    reason: String,
}

/// A callback that was looked at.
#[derive(Serialize, ToSchema)]
pub struct ReviewedCallback {
    /// The callback.
    id: Uuid,
}

edge::failures![kinds::FORBIDDEN, error::AGENCY_NOT_FOUND, error::CALLBACK_NOT_FOUND, error::OWN_ORDER];

/// Review a payment callback
///
/// An official has compared it with the provider's books and says what was found. It moves no money: what came is given back as a refund, or
/// taken at the counter. Nobody reviews what was told of her own payment.
#[utoipa::path(
    operation_id = "review_payment_callback",
    tag = "payments",
    params(
        ("agency" = AgencyCode, Path, description = "The agency"),
        ("id" = Uuid, Path, description = "The callback"),
        IdempotencyHeader,
    ),
    request_body(content = CallbackReview, example = json!({"reason": "Đã đối chiếu với VNPAY: khoản này chưa được thu."})),
    responses((status = 200, description = "It waits no more", body = ReviewedCallback), Failures),
    security(("bearer" = []))
)]
#[post("/api/v1/agencies/{agency}/payment-callbacks/{id}/review")]
pub async fn review_payment_callback(
    app: web::Data<App>,
    official: Official<DecideRefunds>,
    path: web::Path<(AgencyCode, Uuid)>,
    command: Command<CallbackReview>,
) -> Result<Reply, Problem> {
    let (agency, id) = path.into_inner();
    if !official.agencies().contains(&agency) {
        return Err(error::AGENCY_NOT_FOUND.into());
    }
    command
        .once(&app.pool, official.caller.id, app.now(), async |conn, body| {
            let found = written("reason", &body.reason, 10, 1000)?;
            review(conn, &app, &official.caller, &agency, id, found).await?;
            Ok(Reply::ok(&ReviewedCallback { id }))
        })
        .await
}
