//! `GET /api/v1/agencies/{agency}/days`

use actix_web::{get, web};
use chrono::{DateTime, NaiveDate, Utc};
use civic::AgencyCode;
use edge::{Official, Problem, Reply, kinds};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    api::{books::own, refunds::SeeMoney},
    app::App,
    error,
    store::closed_days::{self, ClosedDay},
};

/// Days in one answer.
const MOST: i64 = 62;

/// The days that an agency closed.
#[derive(Serialize, ToSchema)]
pub struct ClosedDays {
    /// The newest first, 62 at most.
    items: Vec<SignedDay>,
}

/// A day that was closed.
#[derive(Serialize, ToSchema)]
pub struct SignedDay {
    /// The day in Vietnam.
    day: NaiveDate,
    /// Who signed it.
    signed_by: String,
    /// When.
    signed_at: DateTime<Utc>,
    /// Differences that waited for somebody then.
    open_differences: i32,
}

edge::failures![kinds::FORBIDDEN, error::AGENCY_NOT_FOUND];

/// List an agency's closed days
///
/// Who signed which day of the books, and when.
#[utoipa::path(
    operation_id = "list_days",
    tag = "books",
    params(("agency" = AgencyCode, Path, description = "The agency")),
    responses((status = 200, description = "The days", body = ClosedDays), Failures),
    security(("bearer" = []))
)]
#[get("/api/v1/agencies/{agency}/days")]
pub async fn list_days(
    app: web::Data<App>,
    official: Official<SeeMoney>,
    agency: web::Path<AgencyCode>,
) -> Result<Reply, Problem> {
    own(&official, &agency)?;
    let days = closed_days::of_agency(&mut *app.pool.get().await?, &agency, MOST).await?;
    let view = |ClosedDay { day, signed_by_name, signed_at, open_differences, .. }| SignedDay {
        day,
        signed_by: signed_by_name,
        signed_at,
        open_differences,
    };
    Ok(Reply::ok(&ClosedDays { items: days.into_iter().map(view).collect() }))
}
