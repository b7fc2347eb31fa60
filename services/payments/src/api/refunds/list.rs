//! `GET /api/v1/agencies/{agency}/refunds`

use actix_web::{get, web};
use civic::AgencyCode;
use edge::{Official, Page, PageQuery, Problem, Reply, kinds};
use serde::Deserialize;

use super::{SeeMoney, view::RefundView};
use crate::{app::App, domain::refund::RefundState, error, store::refunds};

/// Which of them.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListRefunds {
    /// Only those in this state.
    state: Option<RefundState>,
    /// Rows a page.
    #[param(minimum = 1, maximum = 100, default = 20)]
    page_size: Option<u32>,
    /// The `next` of the page before.
    #[param(max_length = 512, pattern = "^[A-Za-z0-9_-]+$")]
    cursor: Option<String>,
}

edge::failures![kinds::FORBIDDEN, error::AGENCY_NOT_FOUND];

/// List an agency's refunds
///
/// What an agency gives back and gave back, the newest first.
#[utoipa::path(
    operation_id = "list_refunds",
    tag = "refunds",
    params(("agency" = AgencyCode, Path, description = "The agency"), ListRefunds),
    responses((status = 200, description = "The refunds", body = Page<RefundView>), Failures),
    security(("bearer" = []))
)]
#[get("/api/v1/agencies/{agency}/refunds")]
pub async fn list_refunds(
    app: web::Data<App>,
    official: Official<SeeMoney>,
    agency: web::Path<AgencyCode>,
    query: web::Query<ListRefunds>,
) -> Result<Reply, Problem> {
    if !official.agencies().contains(&agency) {
        return Err(error::AGENCY_NOT_FOUND.into());
    }
    let ListRefunds { state, page_size, cursor } = query.into_inner();
    let page = PageQuery { page_size, cursor };
    let bound = format!("list_refunds {} {state:?}", *agency);
    let limit = i64::try_from(page.size()).unwrap_or(100) + 1;
    let states = state.map_or_else(|| RefundState::ALL.to_vec(), |state| vec![state]);
    let mut conn = app.pool.get().await?;
    let rows = refunds::of_agency(&mut conn, &agency, &states, page.after(&bound)?, limit).await?;
    let page = Page::of(rows, &page, &bound, |refund| (refund.asked_at, refund.id));
    let items = page.items.into_iter().map(RefundView::from).collect();
    Ok(Reply::ok(&Page { items, next: page.next }))
}
