//! `GET /api/v1/payment-orders`

use actix_web::{get, web};
use chrono::{DateTime, Utc};
use civic::{AgencyCode, DossierCode, Vnd};
use edge::{Applicant, Page, PageQuery, Problem, Reply, kinds};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    app::App,
    domain::order::OrderState,
    store::{orders, orders::Order},
};

/// A fee in a list.
#[derive(Serialize, ToSchema)]
pub struct PaymentOrderItem {
    /// The order.
    id: Uuid,
    /// The dossier.
    dossier_id: Uuid,
    /// The dossier's code.
    code: DossierCode,
    /// Who collects it.
    agency: AgencyCode,
    /// How much it is over.
    total: Vnd,
    /// What of it need not be paid, by a rule of exemption.
    waived: Vnd,
    /// What was paid towards it.
    paid: Vnd,
    /// What is left to pay now.
    left: Vnd,
    /// Where it stands.
    status: OrderState,
    /// Until when it can be paid; `null` when that is open.
    due_at: Option<DateTime<Utc>>,
    /// When it was asked for.
    created_at: DateTime<Utc>,
    /// When it was paid; `null` until then.
    paid_at: Option<DateTime<Utc>>,
    /// What of it went back.
    refunded: Vnd,
}

impl From<Order> for PaymentOrderItem {
    fn from(order: Order) -> Self {
        let left = order.left();
        Self {
            id: order.id,
            dossier_id: order.dossier_id,
            code: order.code,
            agency: order.agency,
            total: order.total,
            waived: order.waived,
            paid: order.paid,
            left,
            status: order.status,
            due_at: order.due_at,
            created_at: order.created_at,
            paid_at: order.paid_at,
            refunded: order.refunded,
        }
    }
}

edge::failures![kinds::FORBIDDEN];

/// List one's payment orders
///
/// What the caller owes and has paid, the newest first.
#[utoipa::path(
    operation_id = "list_payment_orders",
    tag = "payments",
    params(PageQuery),
    responses((status = 200, description = "The orders", body = Page<PaymentOrderItem>), Failures),
    security(("bearer" = []))
)]
#[get("/api/v1/payment-orders")]
pub async fn list_payment_orders(
    app: web::Data<App>,
    applicant: Applicant,
    page: web::Query<PageQuery>,
) -> Result<Reply, Problem> {
    let bound = format!("list_payment_orders {}", applicant.party.id);
    let limit = i64::try_from(page.size()).unwrap_or(100) + 1;
    let mut conn = app.pool.get().await?;
    let rows = orders::of_payer(&mut conn, applicant.party, page.after(&bound)?, limit).await?;
    let page = Page::of(rows, &page, &bound, |order| (order.created_at, order.id));
    Ok(Reply::ok(&page.map(PaymentOrderItem::from)))
}
