//! `GET /api/v1/agencies/{agency}/owed-back`

use actix_web::{get, web};
use chrono::{DateTime, Utc};
use civic::{AgencyCode, DossierCode, Vnd};
use edge::{Official, Problem, Reply, kinds};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    api::refunds::SeeMoney,
    app::App,
    domain::{provider::ProviderName, refund::RefundCause},
    error,
    store::{attempts::Attempt, orders::Order, owed_back},
};

/// Payments in one answer.
const MOST: i64 = 200;

/// What an agency may have to give back.
#[derive(Serialize, ToSchema)]
pub struct OwedBack {
    /// The newest payments first, 200 at most.
    items: Vec<OwedPayment>,
    /// Whether there are more.
    more: bool,
}

/// A payment that came twice, came when nothing was to be paid, or was for a dossier without a result.
#[derive(Serialize, ToSchema)]
pub struct OwedPayment {
    /// The attempt whose money it is.
    attempt_id: Uuid,
    /// The payment order.
    order_id: Uuid,
    /// The dossier.
    dossier_id: Uuid,
    /// The dossier's code.
    code: DossierCode,
    /// Who took it.
    provider: ProviderName,
    /// How much was taken.
    taken: Vnd,
    /// What of it can still be asked to go back.
    refund_amount_available: Vnd,
    /// Why it may have to go back.
    cause: Option<RefundCause>,
    /// When the payer began to pay it.
    created_at: DateTime<Utc>,
}

edge::failures![kinds::FORBIDDEN, error::AGENCY_NOT_FOUND];

/// List what an agency owes back
///
/// Payments that came twice or when nothing was to be paid any more, and those for dossiers that were withdrawn, refused or stopped: found
/// without anybody asking, as long as they are not on their way back.
#[utoipa::path(
    operation_id = "list_owed_back",
    tag = "refunds",
    params(("agency" = AgencyCode, Path, description = "The agency")),
    responses((status = 200, description = "The payments", body = OwedBack), Failures),
    security(("bearer" = []))
)]
#[get("/api/v1/agencies/{agency}/owed-back")]
pub async fn list_owed_back(
    app: web::Data<App>,
    official: Official<SeeMoney>,
    agency: web::Path<AgencyCode>,
) -> Result<Reply, Problem> {
    if !official.agencies().contains(&agency) {
        return Err(error::AGENCY_NOT_FOUND.into());
    }
    let mut owed = owed_back::of_agency(&mut *app.pool.get().await?, &agency, MOST + 1).await?;
    let most = usize::try_from(MOST).unwrap_or(usize::MAX);
    let more = owed.len() > most;
    owed.truncate(most);
    Ok(Reply::ok(&OwedBack { items: owed.into_iter().map(view).collect(), more }))
}

fn view((attempt, order): (Attempt, Order)) -> OwedPayment {
    OwedPayment {
        attempt_id: attempt.id,
        order_id: order.id,
        dossier_id: order.dossier_id,
        code: order.code,
        provider: attempt.provider,
        taken: attempt.amount,
        refund_amount_available: attempt.amount.checked_sub(attempt.going_back).unwrap_or(Vnd::ZERO),
        cause: RefundCause::found(attempt.status, order.dossier_end),
        created_at: attempt.created_at,
    }
}
