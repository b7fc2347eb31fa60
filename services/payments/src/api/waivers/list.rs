//! `GET /api/v1/agencies/{agency}/waivers`

use actix_web::{get, web};
use civic::AgencyCode;
use edge::{Official, Page, PageQuery, Problem, Reply, kinds};
use serde::Deserialize;

use super::view::WaiverView;
use crate::{api::refunds::SeeMoney, app::App, domain::waiver::WaiverState, error, store::waivers};

/// Which of them.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListWaivers {
    /// Only those in this state.
    state: Option<WaiverState>,
    /// Rows a page.
    #[param(minimum = 1, maximum = 100, default = 20)]
    page_size: Option<u32>,
    /// The `next` of the page before.
    #[param(max_length = 512, pattern = "^[A-Za-z0-9_-]+$")]
    cursor: Option<String>,
}

edge::failures![kinds::FORBIDDEN, error::AGENCY_NOT_FOUND];

/// List an agency's waivers
///
/// What an agency freed payers from, what it turned down and what waits, the newest first.
#[utoipa::path(
    operation_id = "list_waivers",
    tag = "waivers",
    params(("agency" = AgencyCode, Path, description = "The agency"), ListWaivers),
    responses((status = 200, description = "The waivers", body = Page<WaiverView>), Failures),
    security(("bearer" = []))
)]
#[get("/api/v1/agencies/{agency}/waivers")]
pub async fn list_waivers(
    app: web::Data<App>,
    official: Official<SeeMoney>,
    agency: web::Path<AgencyCode>,
    query: web::Query<ListWaivers>,
) -> Result<Reply, Problem> {
    if !official.agencies().contains(&agency) {
        return Err(error::AGENCY_NOT_FOUND.into());
    }
    let ListWaivers { state, page_size, cursor } = query.into_inner();
    let page = PageQuery { page_size, cursor };
    let bound = format!("list_waivers {} {state:?}", *agency);
    let limit = i64::try_from(page.size()).unwrap_or(100) + 1;
    let states = state.map_or_else(|| WaiverState::ALL.to_vec(), |state| vec![state]);
    let mut conn = app.pool.get().await?;
    let rows = waivers::of_agency(&mut conn, &agency, &states, page.after(&bound)?, limit).await?;
    let page = Page::of(rows, &page, &bound, |waiver| (waiver.asked_at, waiver.id));
    Ok(Reply::ok(&page.map(WaiverView::from)))
}
