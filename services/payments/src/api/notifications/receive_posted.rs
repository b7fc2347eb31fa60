//! A provider notifies us of what became of an attempt, by a body that it posts.

use std::time::Duration;

use actix_web::{FromRequest, HttpRequest, dev, post, web, web::Bytes};
use edge::{Origin, Problem, Reply, kinds, read_limited};
use futures_util::{FutureExt, future::LocalBoxFuture};
use utoipa::ToSchema;

use super::hear::answer;
use crate::{app::App, domain::provider::ProviderName, error};

const LONGEST: usize = 64 * 1024;
const TIMEOUT: Duration = Duration::from_secs(10);

/// A body as it came, for a signature covers how it is written.
pub struct Posted(Bytes);

impl FromRequest for Posted {
    type Error = Problem;
    type Future = LocalBoxFuture<'static, Result<Self, Problem>>;

    fn from_request(_: &HttpRequest, payload: &mut dev::Payload) -> Self::Future {
        let payload = payload.take();
        async move { read_limited(payload, LONGEST, TIMEOUT).await.map(Self) }.boxed_local()
    }
}

/// What a provider posts: an object of its protocol, signed as that says.
#[derive(ToSchema)]
#[schema(value_type = std::collections::BTreeMap<String, serde_json::Value>)]
#[allow(dead_code, reason = "describes a body; it is read as it came")]
pub struct ProviderNotification(serde_json::Value);

/// What a provider hears, in the words of its protocol.
#[derive(ToSchema)]
#[schema(value_type = std::collections::BTreeMap<String, serde_json::Value>)]
#[allow(dead_code, reason = "describes an answer; each provider has its own")]
pub struct ProviderAcknowledgement(serde_json::Value);

edge::failures![error::PROVIDER_NOT_FOUND, error::NOTIFICATION_NOT_SIGNED];

/// Notify of a payment by a body (payment providers only)
///
/// As `GET` at the same address, for the providers that post: MoMo hears 204 when it was recorded and an error otherwise, ZaloPay 200 with
/// `return_code` 1 recorded, 2 known before, 0 to be sent again, -1 not signed, the national platform 200 with `MaLoi` 00 recorded, 91 unknown, 97 not
/// sealed, 99 to be sent again. A bank that tells of money posts `transaction_id`, `bank`, `account`, `amount`, `currency`, `booked_at` and
/// `content` to `vietqr`, and as `signature` the HMAC-SHA256 of those values in that order with bars between them, in lower-case hexadecimal; it hears
/// 200 when it was recorded and an error otherwise. A body without a valid signature changes nothing.
#[utoipa::path(
    operation_id = "receive_posted_payment_notification",
    tag = "payments",
    extensions(("x-signed" = json!(true))),
    params(("provider" = String, Path, description = "The provider, in small letters", example = "momo")),
    request_body(content = ProviderNotification, example = json!({"data": "{}", "mac": "", "type": 1})),
    responses(
        (status = 200, description = "Whether it was recorded, in the provider's words", body = ProviderAcknowledgement),
        (status = 204, description = "It was recorded"),
        Failures
    )
)]
#[post("/api/v1/payments/{provider}/notification")]
pub async fn receive_posted_payment_notification(
    app: web::Data<App>,
    provider: web::Path<String>,
    origin: Origin,
    posted: Posted,
) -> Result<Reply, Problem> {
    let provider = ProviderName::of_address(&provider).filter(|name| name.posts()).ok_or(error::PROVIDER_NOT_FOUND)?;
    let raw = std::str::from_utf8(&posted.0).map_err(|_| kinds::MALFORMED)?;
    answer(&app, provider, origin, raw).await
}
