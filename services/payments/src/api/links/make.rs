//! `POST /api/v1/payment-orders/{id}/links`

use actix_web::{post, web};
use chrono::{DateTime, Utc};
use edge::{Applicant, Command, IdempotencyHeader, Problem, Reply, kinds};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{app::App, changes::link_payment, domain::pay_link::USUAL_DAYS, error};

/// How long a link may be used.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPayLink {
    /// For so many days; seven when absent.
    #[schema(minimum = 1, maximum = 30)]
    days: Option<u32>,
}

/// A link by which somebody else pays.
#[derive(Serialize, ToSchema)]
pub struct MadePayLink {
    /// The link.
    id: Uuid,
    /// The address of the page where it is paid, to be sent or shown as a QR code. It is told this once.
    #[schema(example = "https://motcua.example.vn/pay/0b7c32bf778b8ce51c480b7c32bf778b")]
    url: String,
    /// Until when it may be used.
    expires_at: DateTime<Utc>,
}

edge::failures![
    kinds::FORBIDDEN,
    error::ORDER_NOT_FOUND,
    error::ORDER_NOT_YET,
    error::ALREADY_PAID,
    error::PAYMENT_OVERDUE,
    error::ORDER_CANCELLED,
    error::ORDER_CLOSED,
    error::TOO_MANY_LINKS
];

/// Make a link to have somebody else pay
///
/// Whoever has the address can pay the order, and sees what is due and nothing about the payer or the dossier. It ends by itself, and
/// can be taken back.
#[utoipa::path(
    operation_id = "make_pay_link",
    tag = "payments",
    params(("id" = Uuid, Path, description = "The payment order"), IdempotencyHeader),
    request_body(content = NewPayLink, example = json!({"days": 3})),
    responses((status = 201, description = "The link", body = MadePayLink, headers(
        ("Location" = String, description = "Where the order's links are listed"),
    )), Failures),
    security(("bearer" = []))
)]
#[post("/api/v1/payment-orders/{id}/links")]
pub async fn make_pay_link(
    app: web::Data<App>,
    applicant: Applicant,
    id: web::Path<Uuid>,
    command: Command<NewPayLink>,
) -> Result<Reply, Problem> {
    command
        .once(&app.pool, applicant.caller.id, app.now(), async |conn, wish| {
            let days = wish.days.unwrap_or(USUAL_DAYS);
            if !(1..=30).contains(&days) {
                let text = civic::LocalText::new("Từ 1 đến 30 ngày.", "From 1 to 30 days.");
                return Err(Problem::from(kinds::INVALID).field("/days", "maximum", text));
            }
            let (link, secret) = link_payment::make(conn, &app, &applicant, *id, days).await?;
            let url = format!("{}/pay/{}", app.public_url, secret.expose());
            let made = MadePayLink { id: link.id, url, expires_at: link.expires_at };
            Ok(Reply::created(&made, format!("/api/v1/payment-orders/{}/links", *id)))
        })
        .await
}
