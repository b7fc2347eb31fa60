//! `POST /api/v1/agencies/{agency}/days/{day}/signature`

use actix_web::{post, web};
use chrono::NaiveDate;
use civic::AgencyCode;
use edge::{Command, IdempotencyHeader, NoBody, Official, Problem, Reply, kinds};

use super::view::DayView;
use crate::{
    api::books::{SignDays, own},
    app::App,
    changes::sign_day::sign,
    error,
};

edge::failures![
    kinds::FORBIDDEN,
    error::AGENCY_NOT_FOUND,
    error::DAY_NOT_OVER,
    error::DAY_CLOSED,
    error::DIFFERENCE_WITHOUT_OWNER,
];

/// Close a day of the books
///
/// Ten minutes after a day is over it can be closed and signed: what was booked on it stands for good, and whatever corrects it is
/// booked on a later day. Each difference up to it has somebody who sees to it.
#[utoipa::path(
    operation_id = "sign_day",
    tag = "books",
    params(
        ("agency" = AgencyCode, Path, description = "The agency"),
        ("day" = NaiveDate, Path, description = "The day in Vietnam"),
        IdempotencyHeader,
    ),
    responses((status = 201, description = "It is closed", body = DayView, headers(
        ("Location" = String, description = "Where it stands"),
    )), Failures),
    security(("bearer" = []))
)]
#[post("/api/v1/agencies/{agency}/days/{day}/signature")]
pub async fn sign_day(
    app: web::Data<App>,
    official: Official<SignDays>,
    path: web::Path<(AgencyCode, NaiveDate)>,
    command: Command<NoBody>,
) -> Result<Reply, Problem> {
    let (agency, day) = path.into_inner();
    own(&official, &agency)?;
    command
        .once(&app.pool, official.caller.id, app.now(), async |conn, _| {
            let (closed, figures) = sign(conn, &app, &official.caller, &agency, day).await?;
            Ok(Reply::created(&DayView::closed(closed, figures), format!("/api/v1/agencies/{agency}/days/{day}")))
        })
        .await
}
