//! Shows a payer who comes back from a provider what is known.

use actix_web::{HttpRequest, HttpResponse, get, web};
use edge::Problem;

use super::pages::{self, PageState, PaymentPage};
use crate::{
    api::notifications::provider_query::ProviderQuery,
    app::App,
    domain::provider::ProviderName,
    error,
    store::{attempts, joint_payments, orders},
};

edge::failures![error::PROVIDER_NOT_FOUND];

/// Come back from a payment provider (browsers only)
///
/// A page that says whether the fee is paid, by what the provider has told us apart from this call; while that is open, the page asks
/// again by itself. It decides nothing and writes nothing: the signature only tells which payment is meant.
#[utoipa::path(
    operation_id = "show_payment_return",
    tag = "payments",
    params(("provider" = String, Path, description = "The provider, in small letters", example = "vnpay"), ProviderQuery),
    responses((status = 200, description = "What is known", body = String, content_type = "text/html"), Failures)
)]
#[get("/api/v1/payments/{provider}/return")]
pub async fn show_payment_return(
    app: web::Data<App>,
    provider: web::Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let provider = ProviderName::of_address(&provider).ok_or(error::PROVIDER_NOT_FOUND)?;
    let page = known(&app, provider, request.query_string()).await.unwrap_or_else(|why| {
        tracing::warn!(%why, "a payer comes back and the database does not answer");
        PaymentPage { payment: None, state: PageState::Waiting }
    });
    pages::answer(&page, pages::language(&request))
}

async fn known(app: &App, provider: ProviderName, query: &str) -> Result<PaymentPage, pg::Error> {
    let nothing = PaymentPage { payment: None, state: PageState::Unknown };
    let Some(report) = app.providers.notification(provider).and_then(|provider| provider.read(query)) else {
        return Ok(nothing);
    };
    let mut conn = app.pool.get().await?;
    let Some(attempt) = attempts::find_reference(&mut conn, provider, &report.reference).await? else {
        return Ok(nothing);
    };
    let Some(order) = orders::find(&conn, attempt.order_id).await? else {
        return Ok(nothing);
    };
    let (amount, others) = match attempt.joint_payment_id {
        Some(id) => (
            joint_payments::get(&mut conn, id).await?.total,
            attempts::of_joint_payment(&mut conn, id).await?.len() - 1,
        ),
        None => (attempt.amount, 0),
    };
    let code = if others > 0 { format!("{} + {others}", order.code) } else { order.code.to_string() };
    let payment = Some((code, amount.to_string()));
    Ok(PaymentPage { payment, state: pages::state(order.status, attempt.status) })
}
