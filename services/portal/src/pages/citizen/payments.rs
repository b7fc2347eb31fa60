//! What a citizen owes and has paid, and the receipts.

use actix_web::{HttpResponse, web};
use serde_json::json;
use uuid::Uuid;

use crate::{
    failure::Failure,
    pages::kinds::{List, ListQuery},
    query::Query,
    signed_in::{Citizen, SignedIn},
};

/// Receipts on the page, the newest.
const RECEIPTS: &str = "/api/v1/receipts?page_size=100";

/// Shows them, the newest first.
pub(super) async fn show(citizen: Citizen, query: web::Query<ListQuery>) -> Result<HttpResponse, Failure> {
    let (filter, cursor) = (Query::default(), query.cursor.as_deref());
    let list = List { page: "/payments", source: "/api/v1/payment-orders", filter, cursor };
    let api = citizen.api();
    let (found, receipts) = tokio::try_join!(list.own(&citizen), api.get(RECEIPTS))?;
    let content = json!({"orders": found.items, "next": found.next, "receipts": receipts["items"]});
    citizen.page("citizen/payments.html", content)
}

/// Gives a receipt to keep, to whoever the API gives it to.
pub(super) async fn receipt(visit: SignedIn, id: web::Path<Uuid>) -> Result<HttpResponse, Failure> {
    visit.own_device()?;
    visit.api().pass_file(&format!("/api/v1/receipts/{id}/document")).await
}
