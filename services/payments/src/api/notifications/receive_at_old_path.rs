//! VNPAY notifies us where it did before there was one address for every provider.

use actix_web::{HttpRequest, get, web};
use edge::{Origin, Problem, Reply};

use super::{hear, provider_query::ProviderQuery};
use crate::{app::App, domain::provider::ProviderName, providers::vnpay::VnpayAcknowledgement};

/// Notify of a payment at the old address (VNPAY only)
///
/// Deprecated: register `/api/v1/payments/vnpay/notification` at VNPAY, which answers the same. This address goes on answering
/// for merchants that are registered with it.
#[utoipa::path(
    operation_id = "receive_vnpay_notification",
    tag = "payments",
    extensions(("x-signed" = json!(true))),
    params(ProviderQuery),
    responses((status = 200, description = "Whether it was recorded", body = VnpayAcknowledgement))
)]
#[get("/api/v1/payments/vnpay/ipn")]
pub async fn receive_vnpay_notification(
    app: web::Data<App>,
    origin: Origin,
    request: HttpRequest,
) -> Result<Reply, Problem> {
    hear::answer(&app, ProviderName::Vnpay, origin, request.query_string()).await
}
