//! `GET /api/v1/agencies/{code}/calendar`

use actix_web::{get, web};
use civic::AgencyCode;
use edge::{Problem, Reply};

use super::calendar_view::CalendarView;
use crate::{
    app::App,
    error,
    store::{agencies, calendars},
};

edge::failures![error::AGENCY_NOT_FOUND];

/// Read an agency's working calendar
///
/// On which days and in which hours it works: what due dates are counted by.
#[utoipa::path(
    operation_id = "get_agency_calendar",
    tag = "agencies",
    params(("code" = AgencyCode, Path, description = "The agency's code")),
    responses((status = 200, description = "The calendar", body = CalendarView, headers(
        ("ETag" = String, description = "Its version, for `If-Match`"),
    )), Failures)
)]
#[get("/api/v1/agencies/{code}/calendar")]
pub async fn get_agency_calendar(app: web::Data<App>, code: web::Path<AgencyCode>) -> Result<Reply, Problem> {
    let conn = &mut *app.pool.get().await?;
    let agency = agencies::find(conn, &code).await?.ok_or(error::AGENCY_NOT_FOUND)?;
    let own = calendars::newest(conn, Some(&agency.code)).await?;
    CalendarView::reply(conn, agency.code, own).await
}
