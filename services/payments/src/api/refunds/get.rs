//! `GET /api/v1/refunds/{id}`

use actix_web::{get, web};
use edge::{Official, Problem, Reply, kinds};
use uuid::Uuid;

use super::{SeeMoney, of_agency, view::RefundView};
use crate::{app::App, error};

edge::failures![kinds::FORBIDDEN, error::REFUND_NOT_FOUND];

/// Read a refund
///
/// How far a refund has come, to the officials of its agency.
#[utoipa::path(
    operation_id = "get_refund",
    tag = "refunds",
    params(("id" = Uuid, Path, description = "The refund")),
    responses((status = 200, description = "The refund", body = RefundView, headers(
        ("ETag" = String, description = "Its version, for `If-Match`"),
    )), Failures),
    security(("bearer" = []))
)]
#[get("/api/v1/refunds/{id}")]
pub async fn get_refund(
    app: web::Data<App>,
    official: Official<SeeMoney>,
    id: web::Path<Uuid>,
) -> Result<Reply, Problem> {
    let refund = of_agency(&mut *app.pool.get().await?, &official, *id).await?;
    Ok(RefundView::reply(refund))
}
