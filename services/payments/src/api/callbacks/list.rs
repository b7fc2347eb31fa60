//! `GET /api/v1/agencies/{agency}/payment-callbacks`

use actix_web::{get, web};
use chrono::{DateTime, Utc};
use civic::{AgencyCode, DossierCode, Vnd, events::OrderState};
use edge::{Official, Problem, Reply, kinds};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    api::refunds::SeeMoney,
    app::App,
    domain::{attempt::AttemptStatus, provider::ProviderName, report::Verdict},
    error,
    store::unreviewed::{self, Unreviewed},
};

/// In one answer.
const MOST: usize = 50;

/// What providers told of an agency's payments, and nobody has looked at.
#[derive(Serialize, ToSchema)]
pub struct PaymentCallbacks {
    /// The oldest first, 50 at most.
    items: Vec<PaymentCallback>,
    /// Whether there are more.
    more: bool,
}

/// What a provider told and signed, and was not acted on.
#[derive(Serialize, ToSchema)]
pub struct PaymentCallback {
    /// The callback.
    id: Uuid,
    /// Who told.
    provider: ProviderName,
    /// What we made of it.
    verdict: Verdict,
    /// The attempt that it speaks of.
    attempt_id: Uuid,
    /// How that stands.
    attempt_status: AttemptStatus,
    /// How much the attempt is about.
    amount: Vnd,
    /// The payment order.
    order_id: Uuid,
    /// How that stands.
    order_status: OrderState,
    /// The dossier's code.
    dossier: DossierCode,
    /// When it was told first.
    received_at: DateTime<Utc>,
    /// When it was told last.
    last_received_at: DateTime<Utc>,
    /// How often it was told.
    deliveries: i32,
}

edge::failures![kinds::FORBIDDEN, error::AGENCY_NOT_FOUND];

/// List payment callbacks for review
///
/// What providers signed about an agency's payments and was not acted on: another amount, another merchant, suspected fraud, a contradiction
/// to what was final. Nothing was booked for it; a person compares it with the provider's books.
#[utoipa::path(
    operation_id = "list_payment_callbacks",
    tag = "payments",
    params(("agency" = AgencyCode, Path, description = "The agency")),
    responses((status = 200, description = "The callbacks", body = PaymentCallbacks), Failures),
    security(("bearer" = []))
)]
#[get("/api/v1/agencies/{agency}/payment-callbacks")]
pub async fn list_payment_callbacks(
    app: web::Data<App>,
    official: Official<SeeMoney>,
    agency: web::Path<AgencyCode>,
) -> Result<Reply, Problem> {
    if !official.agencies().contains(&agency) {
        return Err(error::AGENCY_NOT_FOUND.into());
    }
    let limit = i64::try_from(MOST + 1).unwrap_or(i64::MAX);
    let mut waiting = unreviewed::of_agency(&mut *app.pool.get().await?, &agency, limit).await?;
    let more = waiting.len() > MOST;
    waiting.truncate(MOST);
    Ok(Reply::ok(&PaymentCallbacks { items: waiting.into_iter().map(view).collect(), more }))
}

fn view(callback: Unreviewed) -> PaymentCallback {
    PaymentCallback {
        id: callback.id,
        provider: callback.provider,
        verdict: callback.verdict,
        attempt_id: callback.attempt_id,
        attempt_status: callback.attempt_status,
        amount: callback.amount,
        order_id: callback.order_id,
        order_status: callback.order_status,
        dossier: callback.dossier,
        received_at: callback.received_at,
        last_received_at: callback.last_received_at,
        deliveries: callback.deliveries,
    }
}
