//! What a citizen owes and has paid, and the receipts.

use actix_web::{HttpResponse, http::StatusCode, web};
use serde_json::json;
use uuid::Uuid;

use crate::{
    failure::Failure,
    form::Form,
    pages::kinds::{List, ListQuery},
    query::Query,
    signed_in::{Citizen, SignedIn},
};

/// Receipts on the page, the newest.
const RECEIPTS: &str = "/api/v1/receipts?page_size=100";

/// Shows them, the newest first. What is due can be ticked, to be paid in one go.
pub(super) async fn show(citizen: Citizen, query: web::Query<ListQuery>) -> Result<HttpResponse, Failure> {
    list(&citizen, query.cursor.as_deref(), &Form::default()).await
}

/// The list, with what was ticked and what is wrong with that.
pub(super) async fn list(citizen: &Citizen, cursor: Option<&str>, form: &Form) -> Result<HttpResponse, Failure> {
    let list = List { page: "/payments", source: "/api/v1/payment-orders", filter: Query::default(), cursor };
    let api = citizen.api();
    let (found, receipts) = tokio::try_join!(list.own(citizen), api.get(RECEIPTS))?;
    let content = json!({
        "orders": found.items, "next": found.next, "receipts": receipts["items"], "cursor": cursor, "form": form,
    });
    let status = if form.has_faults() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    citizen.page_with(status, "citizen/payments.html", content)
}

/// Gives a receipt to keep, to whoever the API gives it to.
pub(super) async fn receipt(visit: SignedIn, id: web::Path<Uuid>) -> Result<HttpResponse, Failure> {
    visit.own_device()?;
    visit.api().pass_file(&format!("/api/v1/receipts/{id}/document")).await
}
