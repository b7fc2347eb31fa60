//! `PUT /api/v1/agencies/{code}/calendar`

use actix_web::{put, web};
use civic::{AgencyCode, CalendarSettings, LocalText, typed};
use edge::{Administer, IfMatch, IfMatchHeader, Json, Official, Problem, Reply, kinds};
use serde::Deserialize;
use utoipa::ToSchema;

use super::calendar_view::CalendarView;
use crate::{app::App, changes, error};

/// The calendar that shall be.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CalendarChange {
    /// Everything that the agency has beside the country's days.
    calendar: CalendarSettings,
    /// Why it is changed, as the public reads it: 5 to 500 letters.
    #[schema(example = "Nghỉ một ngày do bão số 5, theo thông báo của tỉnh")]
    reason: String,
}
edge::failures![kinds::FORBIDDEN, error::AGENCY_NOT_FOUND];

/// Change an agency's working calendar
///
/// By who administers the agency. Due dates of its open dossiers are counted again, and applicants whose date moves are told.
#[utoipa::path(
    operation_id = "change_agency_calendar",
    tag = "agencies",
    params(("code" = AgencyCode, Path, description = "The agency's code"), IfMatchHeader),
    request_body(content = CalendarChange, example = json!({
        "calendar": {"days_off": [{"day": "2026-12-03", "reason": "Nghỉ do bão số 5"}], "days_worked": []},
        "reason": "Nghỉ một ngày do bão số 5, theo thông báo của tỉnh"
    })),
    responses((status = 200, description = "The calendar", body = CalendarView, headers(
        ("ETag" = String, description = "Its version, for `If-Match`"),
    )), Failures),
    security(("bearer" = []))
)]
#[put("/api/v1/agencies/{code}/calendar")]
pub async fn change_agency_calendar(
    app: web::Data<App>,
    official: Official<Administer>,
    code: web::Path<AgencyCode>,
    seen: IfMatch,
    change: Json<CalendarChange>,
) -> Result<Reply, Problem> {
    if !official.agencies().contains(&code) {
        return Err(error::AGENCY_NOT_FOUND.into());
    }
    let CalendarChange { calendar, reason } = change.0;
    refuse(&calendar, &reason)?;
    let reason = reason.trim().to_owned();
    let row = changes::change_calendar(&app, &official.caller, &code, &seen, calendar, reason).await?;
    CalendarView::reply(&mut *app.pool.get().await?, code.into_inner(), Some(row)).await
}

/// All that is wrong, in one answer.
fn refuse(calendar: &CalendarSettings, reason: &str) -> Result<(), Problem> {
    let mut wrong: Vec<_> =
        calendar.faults().into_iter().map(|fault| (format!("/calendar{}", fault.pointer), fault.text)).collect();
    let text = match typed::line(reason) {
        Ok(line) if (5..=500).contains(&line.chars().count()) => None,
        Ok(_) => Some(LocalText::new("Hãy ghi lý do, từ 5 đến 500 ký tự.", "Say why, in 5 to 500 letters.")),
        Err(fault) => Some(fault.sentence()),
    };
    wrong.extend(text.map(|text| ("/reason".to_owned(), text)));
    if wrong.is_empty() {
        return Ok(());
    }
    let refused = |problem: Problem, (pointer, text): (String, LocalText)| problem.field(pointer, "invalid", text);
    Err(wrong.into_iter().fold(Problem::from(kinds::INVALID), refused))
}
