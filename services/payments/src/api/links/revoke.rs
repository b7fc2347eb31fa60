//! `DELETE /api/v1/payment-orders/{id}/links/{link}`

use actix_web::{delete, web};
use edge::{Applicant, Problem, Reply, kinds};
use uuid::Uuid;

use crate::{app::App, changes::link_payment, error};

edge::failures![kinds::FORBIDDEN, error::ORDER_NOT_FOUND, error::ORDER_NOT_YET, error::LINK_NOT_FOUND];

/// Take a link back
///
/// Whoever has it sees nothing any more. An attempt that was begun by it goes on.
#[utoipa::path(
    operation_id = "revoke_pay_link",
    tag = "payments",
    params(("id" = Uuid, Path, description = "The payment order"), ("link" = Uuid, Path, description = "The link")),
    responses((status = 204, description = "It is over"), Failures),
    security(("bearer" = []))
)]
#[delete("/api/v1/payment-orders/{id}/links/{link}")]
pub async fn revoke_pay_link(
    app: web::Data<App>,
    applicant: Applicant,
    path: web::Path<(Uuid, Uuid)>,
) -> Result<Reply, Problem> {
    let revoked = app.pool.transaction(async |conn| link_payment::revoke(conn, &app, &applicant, *path).await);
    revoked.await?;
    Ok(Reply::no_content())
}
