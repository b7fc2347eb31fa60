//! `POST /api/v1/agencies/{agency}/refunds`

use actix_web::{post, web};
use civic::{AgencyCode, Vnd};
use edge::{Command, IdempotencyHeader, Official, Problem, Reply, kinds, written};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Collect, view::RefundView};
use crate::{
    app::App,
    changes::ask_refund::{Wish, ask},
    domain::refund::{RefundCause, RefundWay},
    error,
};

/// What is to go back.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewRefund {
    /// The attempt whose money it is.
    attempt_id: Uuid,
    /// How much.
    amount: Vnd,
    /// What can still go back of it, as the cashier sees it: another one refunds nothing.
    refund_amount_available: Vnd,
    /// Why.
    cause: RefundCause,
    /// How.
    way: RefundWay,
    /// Why, in words: 10 to 1000 characters, counted as composed.
    #[schema(max_length = 4000)]
    reason: String,
}

edge::failures![
    kinds::FORBIDDEN,
    error::AGENCY_NOT_FOUND,
    error::PAYMENT_UNKNOWN,
    error::REFUND_WAY,
    error::REFUND_CAUSE,
    error::REFUND_TOO_MUCH,
    error::REFUND_CHANGED,
    error::OWN_ORDER
];

/// Ask for a refund
///
/// A cashier asks for money to go back, all or part of a payment. Above the agency's limit another official approves it first. Then it is
/// sent to the provider that took the money, once, and followed until the money is back; or it is given by hand, with proof.
#[utoipa::path(
    operation_id = "ask_refund",
    tag = "refunds",
    params(("agency" = AgencyCode, Path, description = "The agency"), IdempotencyHeader),
    request_body(content = NewRefund, example = json!({
        "attempt_id": "00000000-0000-7000-8000-000000000000", "amount": {"amount": 1000, "currency": "VND"},
        "refund_amount_available": {"amount": 16000, "currency": "VND"}, "cause": "EXEMPTED", "way": "PROVIDER",
        "reason": "Người nộp thuộc diện được miễn lệ phí.",
    })),
    responses((status = 201, description = "It is asked for", body = RefundView, headers(
        ("Location" = String, description = "Where the agency's refunds are listed"),
    )), Failures),
    security(("bearer" = []))
)]
#[post("/api/v1/agencies/{agency}/refunds")]
pub async fn ask_refund(
    app: web::Data<App>,
    official: Official<Collect>,
    agency: web::Path<AgencyCode>,
    command: Command<NewRefund>,
) -> Result<Reply, Problem> {
    if !official.agencies().contains(&agency) {
        return Err(error::AGENCY_NOT_FOUND.into());
    }
    command
        .once(&app.pool, official.caller.id, app.now(), async |conn, new| {
            if new.amount.is_zero() {
                let text = civic::LocalText::new("Số tiền phải lớn hơn 0.", "The amount must be more than 0.");
                return Err(Problem::from(kinds::INVALID).field("/amount", "minimum", text));
            }
            let reason = written("reason", &new.reason, 10, 1000)?;
            let NewRefund { attempt_id, amount, refund_amount_available, cause, way, .. } = new;
            let wish = Wish { attempt: attempt_id, amount, available: refund_amount_available, cause, way, reason };
            let refund = ask(conn, &app, &official.caller, &agency, wish).await?;
            let location = format!("/api/v1/agencies/{}/refunds", *agency);
            Ok(Reply::created(&RefundView::from(refund), location))
        })
        .await
}
