//! `GET /api/v1/joint-payments/{id}`

use actix_web::{get, web};
use edge::{Applicant, Problem, Reply, kinds};
use uuid::Uuid;

use super::view::JointPaymentView;
use crate::{app::App, error, store::joint_payments};

edge::failures![kinds::FORBIDDEN, error::JOINT_PAYMENT_NOT_FOUND];

/// Read a joint payment
///
/// Several orders that are paid in one go: the sum, whether the provider took it, and what became of the part of each order.
#[utoipa::path(
    operation_id = "get_joint_payment",
    tag = "payments",
    params(("id" = Uuid, Path, description = "The joint payment")),
    responses((status = 200, description = "The joint payment", body = JointPaymentView), Failures),
    security(("bearer" = []))
)]
#[get("/api/v1/joint-payments/{id}")]
pub async fn get_joint_payment(
    app: web::Data<App>,
    applicant: Applicant,
    id: web::Path<Uuid>,
) -> Result<Reply, Problem> {
    let mut conn = app.pool.get().await?;
    let joint = joint_payments::find_of(&mut conn, *id, applicant.party).await?;
    let joint = joint.ok_or(error::JOINT_PAYMENT_NOT_FOUND)?;
    Ok(Reply::ok(&JointPaymentView::of(&mut conn, joint).await?))
}
