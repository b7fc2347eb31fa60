//! Sends a payer on to the page that the provider names for her payment.

use actix_web::{HttpRequest, HttpResponse, get, http::header, web};
use civic::{Language, events::FeeLine};
use edge::Problem;
use serde::Deserialize;
use uuid::Uuid;

use crate::{
    api::{
        attempts::{bill::bill, payer_address::payer_address},
        returns::pages::{self, PageState, PaymentPage},
    },
    app::App,
    domain::{order::is_owed, provider::ProviderName},
    error,
    providers::{Bill, Checkout, Way},
    store::{attempts, attempts::Attempt, orders, orders::Order},
};

/// In which language.
#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct CheckoutQuery {
    /// The language of the pages, where the browser's is not to count.
    lang: Option<Language>,
}

edge::failures![error::PROVIDER_NOT_FOUND];

/// Go to the provider's page (browsers only)
///
/// The address that an attempt begun at another provider than VNPAY is answered with. The provider is told of the payment when the payer
/// comes here, and names the page where she pays; she is sent on. Whoever comes again is sent to the same page. A transfer by VietQR is shown
/// as a QR code and in words, on a page that learns by itself when the money has come. When there is nothing to be paid any more, or the
/// provider does not answer, the page says so.
#[utoipa::path(
    operation_id = "open_payment_checkout",
    tag = "payments",
    params(
        ("provider" = String, Path, description = "The provider, in small letters", example = "momo"),
        ("attempt" = Uuid, Path, description = "The attempt"),
        CheckoutQuery
    ),
    responses(
        (status = 200, description = "What is known of the payment", body = String, content_type = "text/html"),
        (status = 303, description = "Here it is paid", headers(("Location" = String, description = "The provider's page"))),
        Failures
    )
)]
#[get("/api/v1/payments/{provider}/checkouts/{attempt}")]
pub async fn open_payment_checkout(
    app: web::Data<App>,
    path: web::Path<(String, Uuid)>,
    query: web::Query<CheckoutQuery>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let (provider, id) = path.into_inner();
    let provider = ProviderName::of_address(&provider).ok_or(error::PROVIDER_NOT_FOUND)?;
    let language = query.lang.unwrap_or_else(|| pages::language(&request));
    let nothing = PaymentPage { payment: None, state: PageState::Unknown };
    let Some((attempt, order, lines)) = find(&app, provider, id).await? else {
        return pages::answer(&nothing, language);
    };
    // What is over more or less than is left to pay, as a part was paid or waived since, is not offered any more.
    let open = attempt.status.is_open() && attempt.expires_at > app.now() && attempt.amount == order.left();
    let payment = Some((order.code.to_string(), attempt.amount.to_string()));
    let bill = bill((&order, &attempt), &lines, language, payer_address(&request));
    let state = match app.providers.way(provider) {
        Some(Way::Checkout(checkout)) if open => match page_of(&app, &attempt, checkout, &bill).await? {
            Some(page) => return Ok(HttpResponse::SeeOther().insert_header((header::LOCATION, page)).finish()),
            None => PageState::Silent,
        },
        Some(Way::Transfer(bank)) if open => PageState::Transfer(bank.code(&bill)),
        _ if attempt.status.is_open() && is_owed(order.status) && attempt.amount != order.left() => PageState::NotPaid,
        _ => pages::state(order.status, attempt.status),
    };
    pages::answer(&PaymentPage { payment, state }, language)
}

type Found = (Attempt, Order, Vec<FeeLine>);

async fn find(app: &App, provider: ProviderName, id: Uuid) -> Result<Option<Found>, pg::Error> {
    let mut conn = app.pool.get().await?;
    let attempt = attempts::find(&conn, id).await?.filter(|attempt| attempt.provider == provider);
    let Some(attempt) = attempt else { return Ok(None) };
    let lines = orders::lines(&mut conn, attempt.order_id).await?;
    Ok(orders::find(&conn, attempt.order_id).await?.map(|order| (attempt, order, lines)))
}

/// The provider's page: as it was named before, or asked for now. `None` when the provider does not answer.
async fn page_of(
    app: &App,
    attempt: &Attempt,
    checkout: &dyn Checkout,
    bill: &Bill<'_>,
) -> Result<Option<String>, pg::Error> {
    // Two windows opened at once ask once.
    let _lock = app.attempt_locks.of(&attempt.reference).await?;
    if let Some(known) = attempts::checkout_url(&mut *app.pool.get().await?, attempt.id).await? {
        return Ok(Some(known));
    }
    let answer = checkout.open(bill).await;
    match answer {
        Ok(page) => {
            app.questions.works();
            attempts::note_checkout_url(&mut *app.pool.get().await?, attempt.id, &page).await?;
            Ok(Some(page))
        }
        Err(why) => {
            app.questions.fails(&why.to_string());
            tracing::warn!(%why, attempt = %attempt.id, "a payer cannot be sent to the provider");
            Ok(None)
        }
    }
}
