//! `GET /api/v1/payment-orders/{id}/links`

use actix_web::{get, web};
use chrono::{DateTime, Utc};
use edge::{Applicant, Problem, Reply, kinds};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    app::App,
    domain::pay_link::MOST,
    error,
    store::{orders, pay_links},
};

/// The links of an order.
#[derive(Serialize, ToSchema)]
pub struct PayLinks {
    /// The newest first.
    items: Vec<PayLinkView>,
}

/// A link by which somebody else pays. Its address was told when it was made.
#[derive(Serialize, ToSchema)]
#[schema(as = PayLink)]
pub struct PayLinkView {
    /// The link.
    id: Uuid,
    /// When it was made.
    made_at: DateTime<Utc>,
    /// Until when it may be used.
    expires_at: DateTime<Utc>,
    /// When it was taken back; `null` while it was not.
    revoked_at: Option<DateTime<Utc>>,
}

edge::failures![kinds::FORBIDDEN, error::ORDER_NOT_FOUND, error::ORDER_NOT_YET];

/// List the links to a payment order
///
/// Every link that was made so that somebody else pays, also those that are over.
#[utoipa::path(
    operation_id = "list_pay_links",
    tag = "payments",
    params(("id" = Uuid, Path, description = "The payment order")),
    responses((status = 200, description = "Its links", body = PayLinks), Failures),
    security(("bearer" = []))
)]
#[get("/api/v1/payment-orders/{id}/links")]
pub async fn list_pay_links(app: web::Data<App>, applicant: Applicant, id: web::Path<Uuid>) -> Result<Reply, Problem> {
    let mut conn = app.pool.get().await?;
    let order = orders::find_of(&mut conn, *id, applicant.party).await?.ok_or_else(|| error::no_order(*id))?;
    let links = pay_links::of_order(&mut conn, order.id, i64::try_from(MOST).unwrap_or(i64::MAX)).await?;
    let view = |link: pay_links::PayLink| PayLinkView {
        id: link.id,
        made_at: link.made_at,
        expires_at: link.expires_at,
        revoked_at: link.revoked_at,
    };
    Ok(Reply::ok(&PayLinks { items: links.into_iter().map(view).collect() }))
}
