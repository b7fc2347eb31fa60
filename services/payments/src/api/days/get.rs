//! `GET /api/v1/agencies/{agency}/days/{day}`

use actix_web::{get, web};
use chrono::NaiveDate;
use civic::AgencyCode;
use edge::{Official, Problem, Reply, kinds};

use super::view::DayView;
use crate::{
    api::{books::own, refunds::SeeMoney},
    app::App,
    domain::day,
    error,
    store::{
        closed_days, differences,
        figures::{self, Period},
    },
};

edge::failures![kinds::FORBIDDEN, error::AGENCY_NOT_FOUND];

/// Read a day of the books
///
/// What was booked on it: as it was signed, or as it stands while the day is open.
#[utoipa::path(
    operation_id = "get_day",
    tag = "books",
    params(("agency" = AgencyCode, Path, description = "The agency"), ("day" = NaiveDate, Path, description = "The day in Vietnam")),
    responses((status = 200, description = "The day", body = DayView), Failures),
    security(("bearer" = []))
)]
#[get("/api/v1/agencies/{agency}/days/{day}")]
pub async fn get_day(
    app: web::Data<App>,
    official: Official<SeeMoney>,
    path: web::Path<(AgencyCode, NaiveDate)>,
) -> Result<Reply, Problem> {
    let (agency, date) = path.into_inner();
    own(&official, &agency)?;
    let mut conn = app.pool.get().await?;
    if let Some(closed) = closed_days::find(&mut conn, &agency, date).await? {
        let figures = closed_days::figures(&mut conn, &agency, date).await?;
        return Ok(Reply::ok(&DayView::closed(closed, figures)));
    }
    let (from, until) = day::bounds(date);
    let figures = figures::of(&mut conn, Period { agency: &agency, from, until }).await?;
    let (waiting, nobodys) = differences::waiting(&mut conn, &agency, date).await?;
    let can_be_closed = day::is_over(date, app.life.clock.cautious()) && nobodys == 0;
    Ok(Reply::ok(&DayView::open(date, can_be_closed, waiting, figures)))
}
