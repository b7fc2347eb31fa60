//! `GET /api/v1/agencies/{agency}/differences`

use actix_web::{get, web};
use civic::AgencyCode;
use edge::{Official, Page, PageQuery, Problem, Reply, kinds};
use serde::Deserialize;

use super::view::DifferenceView;
use crate::{
    api::{books::own, refunds::SeeMoney},
    app::App,
    domain::difference::DifferenceState,
    error,
    store::differences,
};

/// Those that wait for somebody.
const WAITING: [DifferenceState; 3] = [DifferenceState::Healing, DifferenceState::Open, DifferenceState::Proposed];

/// Which of them.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListDifferences {
    /// Only those in this state; those that wait for somebody or a rule, if it is not said.
    state: Option<DifferenceState>,
    /// Rows a page.
    #[param(minimum = 1, maximum = 100, default = 20)]
    page_size: Option<u32>,
    /// The `next` of the page before.
    #[param(max_length = 512, pattern = "^[A-Za-z0-9_-]+$")]
    cursor: Option<String>,
}

edge::failures![kinds::FORBIDDEN, error::AGENCY_NOT_FOUND];

/// List an agency's differences
///
/// Where statements and the books differ, the oldest first.
#[utoipa::path(
    operation_id = "list_differences",
    tag = "books",
    params(("agency" = AgencyCode, Path, description = "The agency"), ListDifferences),
    responses((status = 200, description = "The differences", body = Page<DifferenceView>), Failures),
    security(("bearer" = []))
)]
#[get("/api/v1/agencies/{agency}/differences")]
pub async fn list_differences(
    app: web::Data<App>,
    official: Official<SeeMoney>,
    agency: web::Path<AgencyCode>,
    query: web::Query<ListDifferences>,
) -> Result<Reply, Problem> {
    own(&official, &agency)?;
    let ListDifferences { state, page_size, cursor } = query.into_inner();
    let page = PageQuery { page_size, cursor };
    let bound = format!("list_differences {} {state:?}", *agency);
    let limit = i64::try_from(page.size()).unwrap_or(100) + 1;
    let states = state.map_or_else(|| WAITING.to_vec(), |state| vec![state]);
    let mut conn = app.pool.get().await?;
    let rows = differences::of_agency(&mut conn, &agency, &states, page.after(&bound)?, limit).await?;
    let page = Page::of(rows, &page, &bound, |difference| (difference.found_at, difference.id));
    let mut items = Vec::with_capacity(page.items.len());
    for difference in page.items {
        items.push(DifferenceView::of(&mut conn, &app, difference).await?);
    }
    Ok(Reply::ok(&Page { items, next: page.next }))
}
