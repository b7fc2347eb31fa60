//! `POST /api/v1/pay-links/attempts`

use actix_web::{HttpRequest, post, web};
use civic::{Language, Secret};
use edge::{Command, IdempotencyHeader, Problem, Reply};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    api::attempts::{
        payer_address::payer_address,
        start::{StartedPaymentAttempt, view},
    },
    app::App,
    changes::{link_payment, start_attempt::Offered},
    domain::provider::ProviderName,
    error,
};

/// Where to pay, by a link.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewLinkedAttempt {
    /// What stands in the link's address.
    #[schema(value_type = String, max_length = 100)]
    secret: Secret,
    /// The provider.
    provider: ProviderName,
    /// The language of the provider's page; Vietnamese when absent.
    language: Option<Language>,
}

edge::failures![
    error::LINK_NOT_FOUND,
    error::ALREADY_PAID,
    error::PAYMENT_OVERDUE,
    error::ORDER_CANCELLED,
    error::ORDER_CLOSED,
    error::PAID_TOGETHER,
    error::WAY_NOT_OFFERED
];

/// Begin to pay by a link
///
/// As for the payer herself: while an attempt at the provider can still be paid it is offered again. Whoever owes the fee is told when it is paid; what is to go back goes back to whoever paid.
#[utoipa::path(
    operation_id = "start_linked_attempt",
    tag = "payments",
    extensions(("x-guessable" = json!(true))),
    params(IdempotencyHeader),
    request_body(content = NewLinkedAttempt, example = json!({"secret": "0b7c32bf778b8ce51c480b7c32bf778b", "provider": "VNPAY"})),
    responses(
        (status = 200, description = "The attempt that was begun before, by whomever", body = StartedPaymentAttempt),
        (status = 201, description = "The attempt has begun", body = StartedPaymentAttempt),
        Failures
    )
)]
#[post("/api/v1/pay-links/attempts")]
pub async fn start_linked_attempt(
    app: web::Data<App>,
    request: HttpRequest,
    command: Command<NewLinkedAttempt>,
) -> Result<Reply, Problem> {
    let address = payer_address(&request);
    link_payment::hear_of(&app, command.body.secret.expose(), command.body.provider).await?;
    // Nobody is signed in: the key is one among those of the link.
    let scope = Uuid::new_v5(&Uuid::NAMESPACE_URL, command.body.secret.expose().as_bytes());
    command
        .once(&app.pool, scope, app.now(), async |conn, wish| {
            if wish.provider.is_counter() || app.providers.way(wish.provider).is_none() {
                return Err(error::WAY_NOT_OFFERED.into());
            }
            let secret = wish.secret.expose();
            let (order, attempt, offered) = link_payment::start(conn, &app, secret, wish.provider).await?;
            let view = view(&app, &order, &attempt, wish.language.unwrap_or_default(), address);
            Ok(match offered {
                Offered::New => Reply::created(
                    &view,
                    format!("/api/v1/payments/{}/checkouts/{}", wish.provider.in_addresses(), attempt.id),
                ),
                Offered::Again => Reply::ok(&view),
            })
        })
        .await
}
