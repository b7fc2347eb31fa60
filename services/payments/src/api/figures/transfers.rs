//! `GET /api/v1/agencies/{agency}/transfers`

use actix_web::{get, web};
use chrono::NaiveDate;
use civic::AgencyCode;
use edge::{Official, Page, PageQuery, Problem, Reply, kinds};
use serde::Deserialize;

use crate::{
    api::{
        books::{Days, own},
        refunds::SeeMoney,
    },
    app::App,
    domain::ledger::Purpose,
    error,
    store::figures::{self, Booked, Period},
};

/// Which of them.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListTransfers {
    /// The first day in Vietnam.
    from: NaiveDate,
    /// The last day in Vietnam; a year later at most.
    until: NaiveDate,
    /// Only those that went this way.
    #[param(max_length = 40, example = "VNPAY")]
    channel: Option<String>,
    /// Only those for this purpose.
    purpose: Option<Purpose>,
    /// Rows a page.
    #[param(minimum = 1, maximum = 100, default = 20)]
    page_size: Option<u32>,
    /// The `next` of the page before.
    #[param(max_length = 512, pattern = "^[A-Za-z0-9_-]+$")]
    cursor: Option<String>,
}

edge::failures![kinds::FORBIDDEN, error::AGENCY_NOT_FOUND];

/// List an agency's transfers
///
/// Each transfer of money that was booked in some days, the oldest first.
#[utoipa::path(
    operation_id = "list_transfers",
    tag = "books",
    params(("agency" = AgencyCode, Path, description = "The agency"), ListTransfers),
    responses((status = 200, description = "The transfers", body = Page<Booked>), Failures),
    security(("bearer" = []))
)]
#[get("/api/v1/agencies/{agency}/transfers")]
pub async fn list_transfers(
    app: web::Data<App>,
    official: Official<SeeMoney>,
    agency: web::Path<AgencyCode>,
    query: web::Query<ListTransfers>,
) -> Result<Reply, Problem> {
    own(&official, &agency)?;
    let ListTransfers { from, until, channel, purpose, page_size, cursor } = query.into_inner();
    let (start, end) = Days { from, until }.bounds()?;
    let page = PageQuery { page_size, cursor };
    let bound = format!("list_transfers {} {from} {until} {channel:?} {purpose:?}", *agency);
    let limit = i64::try_from(page.size()).unwrap_or(100) + 1;
    let period = Period { agency: &agency, from: start, until: end };
    let mut conn = app.pool.get().await?;
    let rows = figures::transfers(&mut conn, period, channel.as_deref(), purpose, page.after(&bound)?, limit).await?;
    Ok(Reply::ok(&Page::of(rows, &page, &bound, |booked| (booked.created_at, booked.id))))
}
