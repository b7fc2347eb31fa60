//! `GET /api/v1/agencies/{agency}/payment-orders`

use actix_web::{get, web};
use civic::{AgencyCode, DossierCode, LocalText, Phone, events::FeeLine};
use edge::{Official, Problem, Reply, kinds};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::list::PaymentOrderItem;
use crate::{
    api::{receipts::view::ReceiptView, refunds::SeeMoney},
    app::App,
    error,
    store::{attempts, orders, payers, receipts},
};

/// Orders in one answer.
const MOST: i64 = 50;

/// Whose.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct FindOrders {
    /// The dossier's code, or the phone of whoever owes it.
    #[param(min_length = 1, max_length = 200)]
    q: String,
}

/// What was found.
#[derive(Serialize, ToSchema)]
pub struct FoundOrders {
    /// The newest first, 50 at most.
    items: Vec<FoundOrder>,
}

/// An order as a cashier sees it.
#[derive(Serialize, ToSchema)]
pub struct FoundOrder {
    /// The order.
    #[serde(flatten)]
    order: PaymentOrderItem,
    /// Who owes it; `null` while accounts has not told.
    payer_name: Option<String>,
    /// What it is for.
    lines: Vec<FeeLine>,
    /// Its receipts, the oldest first.
    receipts: Vec<ReceiptView>,
}

edge::failures![kinds::FORBIDDEN, error::AGENCY_NOT_FOUND];

/// Find orders at the counter
///
/// The payment orders that an agency collects for a dossier, by its code, or from whoever has a phone number; with their receipts.
#[utoipa::path(
    operation_id = "find_payment_orders",
    tag = "till",
    params(("agency" = AgencyCode, Path, description = "The agency"), FindOrders),
    responses((status = 200, description = "The orders", body = FoundOrders), Failures),
    security(("bearer" = []))
)]
#[get("/api/v1/agencies/{agency}/payment-orders")]
pub async fn find_payment_orders(
    app: web::Data<App>,
    official: Official<SeeMoney>,
    agency: web::Path<AgencyCode>,
    query: web::Query<FindOrders>,
) -> Result<Reply, Problem> {
    if !official.agencies().contains(&agency) {
        return Err(error::AGENCY_NOT_FOUND.into());
    }
    let mut conn = app.pool.get().await?;
    let typed = query.q.trim();
    let (code, phone) = (typed.to_uppercase().parse::<DossierCode>().ok(), typed.parse::<Phone>().ok());
    let owing: Vec<_> = match &phone {
        Some(phone) => payers::with_phone(&mut conn, phone).await?.into_iter().map(|(_, id)| id).collect(),
        None if code.is_none() => return Err(neither()),
        None => Vec::new(),
    };
    let found = orders::at_counter(&mut conn, &agency, code.as_ref(), &owing, MOST).await?;
    let mut items = Vec::with_capacity(found.len());
    for (order, payer_name) in found {
        let lines = orders::lines(&mut conn, order.id).await?;
        let attempts: Vec<_> = attempts::of_order(&conn, order.id).await?.iter().map(|it| it.id).collect();
        let receipts = receipts::of_attempts(&mut conn, &attempts).await?;
        let receipts = receipts.into_iter().map(ReceiptView::from).collect();
        items.push(FoundOrder { order: order.into(), payer_name, lines, receipts });
    }
    Ok(Reply::ok(&FoundOrders { items }))
}

fn neither() -> Problem {
    let text = LocalText::new(
        "Nhập mã hồ sơ, ví dụ H44.100-260721-0001, hoặc số điện thoại của người nộp.",
        "Enter a dossier's code, like H44.100-260721-0001, or the payer's phone.",
    );
    Problem::from(kinds::INVALID).field("/q", "format", text)
}
