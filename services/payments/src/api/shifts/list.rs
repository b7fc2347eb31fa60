//! `GET /api/v1/agencies/{agency}/shifts`

use actix_web::{get, web};
use civic::AgencyCode;
use edge::{Official, Page, PageQuery, Problem, Reply, kinds};

use super::view::ShiftView;
use crate::{api::refunds::SeeMoney, app::App, error, store::shifts};

edge::failures![kinds::FORBIDDEN, error::AGENCY_NOT_FOUND];

/// List an agency's shifts
///
/// When which cashier took money where, the newest first, with what was counted at the end.
#[utoipa::path(
    operation_id = "list_shifts",
    tag = "till",
    params(("agency" = AgencyCode, Path, description = "The agency"), PageQuery),
    responses((status = 200, description = "The shifts", body = Page<ShiftView>), Failures),
    security(("bearer" = []))
)]
#[get("/api/v1/agencies/{agency}/shifts")]
pub async fn list_shifts(
    app: web::Data<App>,
    official: Official<SeeMoney>,
    agency: web::Path<AgencyCode>,
    page: web::Query<PageQuery>,
) -> Result<Reply, Problem> {
    if !official.agencies().contains(&agency) {
        return Err(error::AGENCY_NOT_FOUND.into());
    }
    let bound = format!("list_shifts {}", *agency);
    let limit = i64::try_from(page.size()).unwrap_or(100) + 1;
    let mut conn = app.pool.get().await?;
    let rows = shifts::of_agency(&mut conn, &agency, page.after(&bound)?, limit).await?;
    let page = Page::of(rows, &page, &bound, |shift| (shift.opened_at, shift.id));
    Ok(Reply::ok(&page.map(ShiftView::from)))
}
