//! `GET /api/v1/agencies/{agency}/leaves`

use actix_web::{get, web};
use civic::AgencyCode;
use edge::{Official, Problem, Reply, Work, kinds};
use serde::Serialize;
use utoipa::ToSchema;

use super::view::LeaveView;
use crate::{
    app::App,
    changes::at_work::today,
    error,
    store::{leaves, staff},
};

/// When officials of an agency are away.
#[derive(Debug, Serialize, ToSchema)]
pub struct Leaves {
    /// The leaves that are not over, the first to begin first.
    items: Vec<LeaveView>,
}

edge::failures![kinds::FORBIDDEN, error::AGENCY_NOT_FOUND];

/// List leaves
///
/// When officials of an agency are away, today or later, and who stands in.
#[utoipa::path(
    operation_id = "list_leaves",
    tag = "leaves",
    params(("agency" = AgencyCode, Path, description = "The agency")),
    responses((status = 200, description = "The leaves", body = Leaves), Failures),
    security(("bearer" = []))
)]
#[get("/api/v1/agencies/{agency}/leaves")]
pub async fn list_leaves(
    app: web::Data<App>,
    official: Official<Work>,
    agency: web::Path<AgencyCode>,
) -> Result<Reply, Problem> {
    if !official.agencies().contains(&agency) {
        return Err(error::AGENCY_NOT_FOUND.into());
    }
    let now = app.life.clock.now();
    let mut conn = app.pool.get().await?;
    let leaves = leaves::of_agency(&mut conn, &agency, today(&app)).await?;
    let leaves: Vec<_> = leaves.into_iter().filter(|leave| now < leave.ends_at()).collect();
    let people: Vec<_> = leaves.iter().flat_map(|leave| [leave.official, leave.deputy]).collect();
    let names = staff::names(&mut conn, &people).await?;
    Ok(Reply::ok(&Leaves { items: leaves.iter().map(|leave| LeaveView::of(leave, &names, now)).collect() }))
}
