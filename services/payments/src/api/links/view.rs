//! `POST /api/v1/pay-links/reading`

use actix_web::{post, web};
use chrono::{DateTime, Utc};
use civic::{Secret, Vnd, events::FeeLine};
use edge::{Json, Problem, Reply};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    app::App,
    changes::link_payment,
    domain::{order::OrderState, provider::ProviderName},
    error,
    store::orders,
};

/// What stands in a link's address.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PayLinkSecret {
    /// 32 hexadecimal digits.
    #[schema(value_type = String, max_length = 100)]
    secret: Secret,
}

/// What is due: nothing about the payer or the dossier.
#[derive(Serialize, ToSchema)]
pub struct LinkedPayment {
    /// How much it is over.
    total: Vnd,
    /// What is left to pay now. Why that is less is the payer's alone: an exemption tells how she lives.
    left: Vnd,
    /// What it is for.
    lines: Vec<FeeLine>,
    /// Where it stands.
    status: OrderState,
    /// By which providers it can be paid.
    ways: Vec<ProviderName>,
    /// Until when it can be paid; `null` when that is open.
    due_at: Option<DateTime<Utc>>,
    /// Until when the link may be used.
    expires_at: DateTime<Utc>,
}

edge::failures![error::LINK_NOT_FOUND];

/// See what is due by a link
///
/// For whoever was sent the link. The secret is in the body, so that it stands in no log.
#[utoipa::path(
    operation_id = "read_pay_link",
    tag = "payments",
    extensions(("x-guessable" = json!(true))),
    request_body(content = PayLinkSecret, example = json!({"secret": "0b7c32bf778b8ce51c480b7c32bf778b"})),
    responses((status = 200, description = "What is due", body = LinkedPayment), Failures)
)]
#[post("/api/v1/pay-links/reading")]
pub async fn read_pay_link(app: web::Data<App>, body: Json<PayLinkSecret>) -> Result<Reply, Problem> {
    let mut conn = app.pool.get().await?;
    let (link, order) = link_payment::order_of(&mut conn, &app, body.0.secret.expose()).await?;
    let lines = orders::lines(&mut conn, order.id).await?;
    Ok(Reply::ok(&LinkedPayment {
        total: order.total,
        left: order.left(),
        lines,
        status: order.status,
        ways: app.providers.offered(),
        due_at: order.due_at,
        expires_at: link.expires_at,
    }))
}
