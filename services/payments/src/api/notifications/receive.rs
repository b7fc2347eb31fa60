//! A provider notifies us of what became of an attempt, by an address that it calls.

use actix_web::{HttpRequest, get, web};
use edge::{Origin, Problem, Reply};

use super::{hear::answer, provider_query::ProviderQuery};
use crate::{app::App, domain::provider::ProviderName, error, providers::vnpay::VnpayAcknowledgement};

edge::failures![error::PROVIDER_NOT_FOUND];

/// Notify of a payment (payment providers only)
///
/// The provider calls this address after every payment, successful or not, and repeats it until it hears that it was recorded
/// (VNPAY: `00` or `02`). The status is 200 for every provider that notifies so. The answer is given after everything is
/// committed, so a lost or repeated call does no harm. Parameters without a valid signature change nothing, and one address may
/// send sixty of them a minute; what is signed is never too much.
#[utoipa::path(
    operation_id = "receive_payment_notification",
    tag = "payments",
    extensions(("x-signed" = json!(true))),
    params(("provider" = String, Path, description = "The provider, in small letters", example = "vnpay"), ProviderQuery),
    responses(
        (status = 200, description = "Whether it was recorded, in the provider's words", body = VnpayAcknowledgement),
        Failures
    )
)]
#[get("/api/v1/payments/{provider}/notification")]
pub async fn receive_payment_notification(
    app: web::Data<App>,
    provider: web::Path<String>,
    origin: Origin,
    request: HttpRequest,
) -> Result<Reply, Problem> {
    let provider = ProviderName::of_address(&provider).filter(|name| !name.posts()).ok_or(error::PROVIDER_NOT_FOUND)?;
    // The HTTP library takes no address longer than 64 KiB, so this is short enough to keep.
    answer(&app, provider, origin, request.query_string()).await
}
