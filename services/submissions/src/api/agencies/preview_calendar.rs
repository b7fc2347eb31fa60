//! `POST /api/v1/agencies/{agency}/calendar-preview`

use actix_web::{post, web};
use civic::{AgencyCode, CalendarFault, CalendarSettings};
use edge::{Administer, Json, Official, Problem, Reply, kinds};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    app::App,
    error,
    store::{calendars, dossiers},
};

/// Dossiers that are looked at; when there are more, the numbers are of these.
const LOOKED_AT: i64 = 300;

/// The calendar that might be.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CalendarPreview {
    /// Everything that the agency would have beside the country's days.
    calendar: CalendarSettings,
}

/// What it would come to.
#[derive(Debug, Serialize, ToSchema)]
pub struct CalendarPreviewed {
    /// How many open dossiers were looked at: at most 300.
    #[schema(value_type = i32, minimum = 0, maximum = 300)]
    open: usize,
    /// Whether there are more.
    more: bool,
    /// How many of them would be due later.
    #[schema(value_type = i32, minimum = 0, maximum = 300)]
    later: usize,
    /// How many of them would be due earlier.
    #[schema(value_type = i32, minimum = 0, maximum = 300)]
    earlier: usize,
}

edge::failures![kinds::FORBIDDEN, error::AGENCY_NOT_FOUND];

/// Preview a working calendar
///
/// How many open dossiers would be due at another time by it. Nothing is changed.
#[utoipa::path(
    operation_id = "preview_agency_calendar",
    tag = "dossiers",
    params(("agency" = AgencyCode, Path, description = "The agency")),
    request_body(content = CalendarPreview, example = json!({
        "calendar": {"days_off": [{"day": "2026-12-03", "reason": "Nghỉ do bão số 5"}], "days_worked": []}
    })),
    responses((status = 200, description = "What it would come to", body = CalendarPreviewed), Failures),
    security(("bearer" = []))
)]
#[post("/api/v1/agencies/{agency}/calendar-preview")]
pub async fn preview_agency_calendar(
    app: web::Data<App>,
    official: Official<Administer>,
    agency: web::Path<AgencyCode>,
    preview: Json<CalendarPreview>,
) -> Result<Reply, Problem> {
    if !official.agencies().contains(&agency) {
        return Err(error::AGENCY_NOT_FOUND.into());
    }
    refuse(&preview.0.calendar)?;
    let mut conn = app.pool.get().await?;
    let calendar = calendars::of_agency(&mut conn, &agency).await?.with(&agency, preview.0.calendar).of(&agency);
    let mut ids = dossiers::open_after(&mut conn, Some(&agency), Uuid::nil(), LOOKED_AT + 1).await?;
    let most = usize::try_from(LOOKED_AT).unwrap_or(usize::MAX);
    let more = ids.len() > most;
    ids.truncate(most);
    let (now, mut later, mut earlier) = (app.life.clock.now(), 0, 0);
    for id in &ids {
        let Some(dossier) = dossiers::find_any(&mut conn, *id).await? else { continue };
        let pinned = app.procedure(&mut conn, dossier.procedure_version).await?;
        let due = dossier.filed.as_ref().map(|filed| filed.due_at);
        let change = dossier.recount(&pinned.procedure, now, &calendar, app.supplement_days)?;
        let by_it = change.and_then(|change| change.dossier.filed).map(|filed| filed.due_at);
        later += usize::from(by_it.is_some() && by_it > due);
        earlier += usize::from(by_it.is_some() && by_it < due);
    }
    Ok(Reply::ok(&CalendarPreviewed { open: ids.len(), more, later, earlier }))
}

/// What could not be kept is not counted by either.
fn refuse(calendar: &CalendarSettings) -> Result<(), Problem> {
    let faults = calendar.faults();
    if faults.is_empty() {
        return Ok(());
    }
    let refused = |problem: Problem, fault: CalendarFault| {
        problem.field(format!("/calendar{}", fault.pointer), "invalid", fault.text)
    };
    Err(faults.into_iter().fold(Problem::from(kinds::INVALID), refused))
}
