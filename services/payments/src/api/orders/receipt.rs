//! `GET /api/v1/payment-orders/{id}/provider-receipt`

use actix_web::{get, web};
use edge::{Applicant, Problem, Reply, kinds};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    app::App,
    domain::attempt::AttemptStatus,
    error,
    providers::Query,
    store::{attempts, orders},
};

/// A receipt that the provider keeps.
#[derive(Serialize, ToSchema)]
pub struct ProviderReceipt {
    /// Where it can be seen.
    #[schema(example = "https://payment.example.vn/bien-lai/1")]
    url: String,
}

edge::failures![kinds::FORBIDDEN, error::ORDER_NOT_FOUND, error::ORDER_NOT_YET, error::NO_RECEIPT];

/// Find the provider's receipt
///
/// The national payment platform keeps an electronic receipt of each payment, and says where it is. Other providers keep none.
#[utoipa::path(
    operation_id = "find_provider_receipt",
    tag = "payments",
    params(("id" = Uuid, Path, description = "The payment order")),
    responses((status = 200, description = "Where it is", body = ProviderReceipt), Failures),
    security(("bearer" = []))
)]
#[get("/api/v1/payment-orders/{id}/provider-receipt")]
pub async fn find_provider_receipt(
    app: web::Data<App>,
    applicant: Applicant,
    id: web::Path<Uuid>,
) -> Result<Reply, Problem> {
    let attempts = {
        let mut conn = app.pool.get().await?;
        let order = orders::find_of(&mut conn, *id, applicant.party).await?.ok_or_else(|| error::no_order(*id))?;
        attempts::of_order(&conn, order.id).await?
    };
    let settled = attempts.into_iter().find(|attempt| attempt.status == AttemptStatus::Settled);
    let attempt = settled.ok_or(error::NO_RECEIPT)?;
    let provider = app.providers.receipt(attempt.provider).ok_or(error::NO_RECEIPT)?;
    let query = Query { reference: attempt.reference, created_at: attempt.created_at, amount: attempt.amount };
    match provider.receipt(&query).await {
        Ok(url) => Ok(Reply::ok(&ProviderReceipt { url: url.ok_or(error::NO_RECEIPT)? })),
        Err(why) => {
            tracing::warn!(%why, "a provider does not say where its receipt is");
            Err(Problem::from(kinds::UNAVAILABLE).retry_after(60))
        }
    }
}
