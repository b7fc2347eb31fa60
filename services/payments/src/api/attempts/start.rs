//! Begins an attempt to pay an order.

use std::net::IpAddr;

use actix_web::{HttpRequest, post, web};
use chrono::{DateTime, Utc};
use civic::Language;
use edge::{Applicant, Command, Problem, Reply, kinds};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    bill::{bill, checkout_address},
    payer_address::payer_address,
};
use crate::{
    app::App,
    changes::start_attempt::{self, Offered},
    domain::provider::ProviderName,
    error,
    providers::{TransferCode, Way},
    store::{attempts::Attempt, orders::Order},
};

/// Where to pay.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPaymentAttempt {
    /// The provider.
    provider: ProviderName,
    /// The language of the provider's page; Vietnamese when absent.
    language: Option<Language>,
}

/// An attempt to pay that has begun.
#[derive(Serialize, ToSchema)]
pub struct StartedPaymentAttempt {
    /// The attempt.
    attempt_id: Uuid,
    /// Send the payer's browser here.
    #[schema(example = "https://sandbox.vnpayment.vn/paymentv2/vpcpay.html?vnp_Amount=800000")]
    pay_url: String,
    /// Until when the address can be used.
    expires_at: DateTime<Utc>,
    /// The transfer to be made, where it is paid by one.
    transfer: Option<TransferCode>,
}
edge::failures![
    kinds::FORBIDDEN,
    error::ORDER_NOT_FOUND,
    error::ORDER_NOT_YET,
    error::ALREADY_PAID,
    error::PAYMENT_OVERDUE,
    error::ORDER_CANCELLED,
    error::ORDER_CLOSED,
    error::PAID_TOGETHER,
    error::ONLY_AT_COUNTER,
    error::WAY_NOT_OFFERED
];

/// Begin to pay a payment order
///
/// Answers with the address of the provider's page, to which the payer's browser is to be sent. Only the provider's word to
/// us decides whether it was paid: read the order to learn it. While an attempt at the provider can still be paid it is offered again, with
/// 200 and the same address, once the provider was asked what became of it; one that failed or expired can be followed by another; a paid order answers 409 `already-paid`, one whose time has passed 409 `payment-overdue`, one
/// whose dossier has ended 409 `payment-order-cancelled`, one that was waived 409 `payment-order-closed`, one that is being paid together with others
/// at the provider 409 `being-paid-together`. The attempt is over what is left to pay.
#[utoipa::path(
    operation_id = "start_payment_attempt",
    tag = "payments",
    params(("id" = Uuid, Path, description = "The payment order"), edge::IdempotencyHeader),
    request_body(content = NewPaymentAttempt, example = json!({"provider": "VNPAY", "language": "vi"})),
    responses(
        (status = 200, description = "The attempt that was begun before", body = StartedPaymentAttempt),
        (
            status = 201, description = "The attempt has begun", body = StartedPaymentAttempt,
            headers(("Location" = String, description = "The order, where the attempt can be followed"))
        ),
        Failures
    ),
    security(("bearer" = []))
)]
#[post("/api/v1/payment-orders/{id}/attempts")]
pub async fn start_payment_attempt(
    app: web::Data<App>,
    applicant: Applicant,
    id: web::Path<Uuid>,
    request: HttpRequest,
    command: Command<NewPaymentAttempt>,
) -> Result<Reply, Problem> {
    let address = payer_address(&request);
    start_attempt::hear_of_own(&app, &applicant, *id, command.body.provider).await?;
    command
        .once(&app.pool, applicant.caller.id, app.now(), async |conn, wish| {
            if wish.provider.is_counter() {
                return Err(error::ONLY_AT_COUNTER.into());
            }
            if app.providers.way(wish.provider).is_none() {
                return Err(error::WAY_NOT_OFFERED.into());
            }
            let (order, attempt, offered) = start_attempt::start(conn, &app, &applicant, *id, wish.provider).await?;
            let view = view(&app, &order, &attempt, wish.language.unwrap_or_default(), address);
            Ok(match offered {
                Offered::New => Reply::created(&view, format!("/api/v1/payment-orders/{}", order.id)),
                Offered::Again => Reply::ok(&view),
            })
        })
        .await
}

/// What is answered to whoever began an attempt.
pub fn view(app: &App, order: &Order, attempt: &Attempt, language: Language, from: IpAddr) -> StartedPaymentAttempt {
    let bill = bill((order, attempt), &[], language, from);
    let here = || checkout_address(app, attempt, language);
    let (pay_url, transfer) = match app.providers.way(attempt.provider) {
        Some(Way::Redirect(page)) => (page.pay_url(&bill), None),
        Some(Way::Transfer(bank)) => (here(), Some(bank.code(&bill))),
        // The provider is asked when the payer comes to our address: not while the order is held.
        Some(Way::Checkout(_)) | None => (here(), None),
    };
    StartedPaymentAttempt { attempt_id: attempt.id, pay_url, expires_at: attempt.expires_at, transfer }
}
