//! Shows a payer who comes back from VNPAY what is known.

use actix_web::{
    HttpRequest, HttpResponse, get,
    http::header::{self, ContentType},
    web,
};
use civic::Language;
use edge::Problem;

use super::{
    pages::{PageState, PaymentPage},
    vnpay_query::VnpayQuery,
};
use crate::{
    app::App,
    domain::{
        provider::ProviderName,
        status::{AttemptStatus, OrderStatus},
    },
    store::{attempts, orders},
};

/// Nothing but what stands in the page itself, and nobody learns the address that led to it.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; \
    frame-ancestors 'none'";
/// Come back from VNPAY (browsers only)
///
/// A page that says whether the fee is paid, by what VNPAY has told us apart from this call; while that is open, the page asks
/// again by itself. It decides nothing and writes nothing: the signature only tells which payment is meant.
#[utoipa::path(
    operation_id = "show_vnpay_return",
    tag = "payments",
    params(VnpayQuery),
    responses((status = 200, description = "What is known", body = String, content_type = "text/html"))
)]
#[get("/api/v1/payments/vnpay/return")]
pub async fn show_vnpay_return(app: web::Data<App>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let page = known(&app, request.query_string()).await.unwrap_or_else(|why| {
        tracing::warn!(%why, "a payer comes back and the database does not answer");
        PaymentPage { payment: None, state: PageState::Waiting }
    });
    let wanted = request.headers().get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    let html = app.pages.payment(&page, wanted.map_or(Language::Vi, Language::from_accept_language))?;
    Ok(HttpResponse::Ok()
        .content_type(ContentType::html())
        .insert_header((header::CONTENT_SECURITY_POLICY, POLICY))
        .insert_header((header::REFERRER_POLICY, "no-referrer"))
        .body(html))
}

async fn known(app: &App, query: &str) -> Result<PaymentPage, pg::Error> {
    let nothing = PaymentPage { payment: None, state: PageState::Unknown };
    let Some(report) = app.provider(ProviderName::Vnpay).read_callback(query) else {
        return Ok(nothing);
    };
    let mut conn = app.pool.get().await?;
    let Some(attempt) = attempts::find_reference(&mut conn, ProviderName::Vnpay, &report.reference).await? else {
        return Ok(nothing);
    };
    let Some(order) = orders::find(&mut conn, attempt.order_id).await? else {
        return Ok(nothing);
    };
    let state = match (order.status(), attempt.status()) {
        (OrderStatus::Paid, _) => PageState::Paid,
        (OrderStatus::Due, AttemptStatus::Failed | AttemptStatus::Expired) => PageState::NotPaid,
        (OrderStatus::Due, _) => PageState::Waiting,
    };
    Ok(PaymentPage { payment: Some((order.code().to_string(), order.total().to_string())), state })
}
