//! `GET /api/v1/differences/{id}`

use actix_web::{get, web};
use edge::{Official, Problem, Reply, kinds};
use uuid::Uuid;

use super::{of_agency, view::DifferenceView};
use crate::{api::refunds::SeeMoney, app::App, error};

edge::failures![kinds::FORBIDDEN, error::DIFFERENCE_NOT_FOUND];

/// Read a difference
///
/// What the statement says, and what is here.
#[utoipa::path(
    operation_id = "get_difference",
    tag = "books",
    params(("id" = Uuid, Path, description = "The difference")),
    responses((status = 200, description = "The difference", body = DifferenceView), Failures),
    security(("bearer" = []))
)]
#[get("/api/v1/differences/{id}")]
pub async fn get_difference(
    app: web::Data<App>,
    official: Official<SeeMoney>,
    id: web::Path<Uuid>,
) -> Result<Reply, Problem> {
    let mut conn = app.pool.get().await?;
    let difference = of_agency(&mut conn, &official, *id).await?;
    Ok(Reply::ok(&DifferenceView::of(&mut conn, &app, difference).await?))
}
