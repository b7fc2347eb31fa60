//! `GET /api/v1/shifts/{id}`

use actix_web::{get, web};
use edge::{Official, Problem, Reply, kinds};
use uuid::Uuid;

use super::view::ShiftDetail;
use crate::{api::refunds::SeeMoney, app::App, error, store::shifts};

edge::failures![kinds::FORBIDDEN, error::SHIFT_NOT_FOUND];

/// Read a shift
///
/// Everything that was taken in a shift, and what must be in the drawer: to the officials of its agency who see its money.
#[utoipa::path(
    operation_id = "get_shift",
    tag = "till",
    params(("id" = Uuid, Path, description = "The shift")),
    responses((status = 200, description = "The shift", body = ShiftDetail), Failures),
    security(("bearer" = []))
)]
#[get("/api/v1/shifts/{id}")]
pub async fn get_shift(
    app: web::Data<App>,
    official: Official<SeeMoney>,
    id: web::Path<Uuid>,
) -> Result<Reply, Problem> {
    let mut conn = app.pool.get().await?;
    let shift = shifts::find(&mut conn, *id).await?.filter(|shift| official.agencies().contains(&shift.agency));
    let shift = shift.ok_or(error::SHIFT_NOT_FOUND)?;
    Ok(Reply::ok(&ShiftDetail::of(&mut conn, shift).await?))
}
