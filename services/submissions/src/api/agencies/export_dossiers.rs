//! `GET /api/v1/agencies/{agency}/dossiers.xlsx`

use actix_web::{HttpResponse, get, web};
use chrono::{DateTime, Utc};
use civic::{AgencyCode, WorkingCalendar};
use diesel_async::AsyncPgConnection;
use edge::{Official, Problem, Work, kinds};
use serde_json::json;

use super::{
    filter::DossierFilter,
    spreadsheet::{MEDIA_TYPE, SheetRow, spreadsheet},
};
use crate::{
    api::{file_bytes::FileBytes, shown::shown_at_agency},
    app::App,
    domain::workload::Urgency,
    error,
    store::lists::{self, Entry, Selection},
};

/// Rows that a spreadsheet has at most.
const MOST_ROWS: usize = 10_000;
/// Rows that are read at once.
const BATCH: i64 = 1_000;

edge::failures![kinds::FORBIDDEN, error::AGENCY_NOT_FOUND, error::TOO_MANY_ROWS];

/// Download an agency's dossiers as a spreadsheet
///
/// The dossiers that the list shows with the same filter, the earliest due first, up to 10,000, with Vietnamese headings. That it was
/// downloaded is written down.
#[utoipa::path(
    operation_id = "export_agency_dossiers",
    tag = "dossiers",
    params(("agency" = AgencyCode, Path, description = "The agency"), DossierFilter),
    responses((status = 200, description = "The spreadsheet",
        content((FileBytes = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")),
        headers(("Content-Disposition" = String, description = "`attachment`, with its name")),
    ), Failures),
    security(("bearer" = []))
)]
#[get("/api/v1/agencies/{agency}/dossiers.xlsx")]
pub async fn export_agency_dossiers(
    app: web::Data<App>,
    official: Official<Work>,
    agency: web::Path<AgencyCode>,
    filter: web::Query<DossierFilter>,
) -> Result<HttpResponse, Problem> {
    if !official.agencies().contains(&agency) {
        return Err(error::AGENCY_NOT_FOUND.into());
    }
    // One at a time: each holds its rows until it is made.
    let _turn = app.exports.acquire().await.map_err(anyhow::Error::from)?;
    let (now, calendar) = (app.life.clock.now(), app.calendars.of(&agency));
    let mut conn = app.pool.get().await?;
    let selection = filter.chosen(&app, &mut conn, &official.caller, &agency).await?;
    let rows = read(&mut conn, &agency, &selection).await?;
    // Which words were looked for may be somebody's name.
    let what = json!({"shown": "list", "rows": rows.len()});
    shown_at_agency(&app, &conn, &official.caller, &agency, what).await?;
    drop(conn);
    let rows = rows.into_iter().map(|row| sheet_row(row, now, &calendar)).collect::<Result<Vec<_>, _>>()?;
    let bytes = web::block(move || spreadsheet(&rows)).await.map_err(anyhow::Error::from)?;
    let name = format!("{agency}-{}.xlsx", now.with_timezone(&civic::VIETNAM).format("%Y%m%d-%H%M"));
    Ok(HttpResponse::Ok()
        .content_type(MEDIA_TYPE)
        .insert_header(("content-disposition", format!("attachment; filename=\"{name}\"")))
        .insert_header(("cache-control", "no-store"))
        .body(bytes.map_err(anyhow::Error::from)?))
}

/// The rows of a selection, unless they are too many.
async fn read(conn: &mut AsyncPgConnection, agency: &AgencyCode, selection: &Selection) -> Result<Vec<Entry>, Problem> {
    let (mut rows, mut after): (Vec<Entry>, _) = (Vec::new(), None);
    loop {
        let batch = lists::of_agency(conn, agency, selection, after, BATCH).await?;
        let is_last = i64::try_from(batch.len()).unwrap_or(BATCH) < BATCH;
        after = batch.last().and_then(|(row, ..)| Some((row.due_at?, row.id)));
        rows.extend(batch);
        if rows.len() > MOST_ROWS {
            return Err(error::TOO_MANY_ROWS.into());
        }
        if is_last {
            return Ok(rows);
        }
    }
}

fn sheet_row(entry: Entry, now: DateTime<Utc>, calendar: &WorkingCalendar) -> Result<SheetRow, Problem> {
    let status = entry.0.status.parse().map_err(anyhow::Error::from)?;
    let urgency = Urgency::of(status, entry.0.due_at, entry.0.completed_at, now, calendar);
    Ok((entry, status, urgency))
}
