//! Shows a payer who comes back from a provider what is known.

use actix_web::{
    HttpRequest, HttpResponse, get,
    http::header::{self, ContentType},
    web,
};
use civic::Language;
use edge::Problem;

use super::pages::{self, PageState, PaymentPage};
use crate::{
    api::notifications::provider_query::ProviderQuery,
    app::App,
    domain::{attempt::AttemptStatus, order::OrderState, provider::ProviderName},
    error,
    store::{attempts, orders},
};

/// Nothing but what stands in the page itself, and nobody learns the address that led to it.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; \
    frame-ancestors 'none'";

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
    let wanted = request.headers().get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    let html = pages::payment(&page, wanted.map_or(Language::Vi, Language::from_accept_language))?;
    Ok(HttpResponse::Ok()
        .content_type(ContentType::html())
        .insert_header((header::CONTENT_SECURITY_POLICY, POLICY))
        .insert_header((header::REFERRER_POLICY, "no-referrer"))
        .body(html))
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
    let Some(order) = orders::find(&mut conn, attempt.order_id).await? else {
        return Ok(nothing);
    };
    let payment = Some((order.code.to_string(), order.total.to_string()));
    Ok(PaymentPage { payment, state: state(order.status, attempt.status) })
}

fn state(order: OrderState, attempt: AttemptStatus) -> PageState {
    match (order, attempt) {
        (OrderState::Paid, _) => PageState::Paid,
        (_, AttemptStatus::Failed | AttemptStatus::Expired) => PageState::NotPaid,
        _ => PageState::Waiting,
    }
}
