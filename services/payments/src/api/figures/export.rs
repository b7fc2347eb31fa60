//! `GET /api/v1/agencies/{agency}/transfers.xlsx`

use actix_web::{HttpResponse, get, web};
use civic::AgencyCode;
use edge::{
    Official, Problem,
    audit::{self, AuditEntry},
    kinds,
};
use serde_json::json;
use utoipa::ToSchema;

use super::spreadsheet::{MEDIA_TYPE, spreadsheet};
use crate::{
    api::{
        books::{Days, own},
        refunds::SeeMoney,
    },
    app::App,
    error,
    store::figures::{self, Booked, Period},
};

/// Rows that a spreadsheet has at most.
const MOST_ROWS: usize = 50_000;
/// Rows that are read at once.
const BATCH: usize = 5_000;

/// The bytes of a spreadsheet.
#[derive(Debug, ToSchema)]
#[schema(as = Spreadsheet, value_type = String, format = Binary)]
#[allow(dead_code, reason = "describes a body")]
pub struct Spreadsheet(Vec<u8>);

edge::failures![kinds::FORBIDDEN, error::AGENCY_NOT_FOUND, error::TOO_MANY_TRANSFERS];

/// Download an agency's transfers as a spreadsheet
///
/// The figures of some days and the transfers behind them, up to 50,000, with Vietnamese headings. That it was downloaded is written down.
#[utoipa::path(
    operation_id = "export_transfers",
    tag = "books",
    params(("agency" = AgencyCode, Path, description = "The agency"), Days),
    responses((status = 200, description = "The spreadsheet",
        content((Spreadsheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")),
        headers(("Content-Disposition" = String, description = "`attachment`, with its name")),
    ), Failures),
    security(("bearer" = []))
)]
#[get("/api/v1/agencies/{agency}/transfers.xlsx")]
pub async fn export_transfers(
    app: web::Data<App>,
    official: Official<SeeMoney>,
    agency: web::Path<AgencyCode>,
    days: web::Query<Days>,
) -> Result<HttpResponse, Problem> {
    own(&official, &agency)?;
    let (from, until) = days.bounds()?;
    let period = Period { agency: &agency, from, until };
    let mut conn = app.pool.get().await?;
    let figures = figures::of(&mut conn, period).await?;
    if figures.iter().map(|figure| usize::try_from(figure.transfers).unwrap_or_default()).sum::<usize>() > MOST_ROWS {
        return Err(error::TOO_MANY_TRANSFERS.into());
    }
    let (mut rows, mut after): (Vec<Booked>, _) = (Vec::new(), None);
    loop {
        let batch = figures::transfers(&mut conn, period, None, None, after, i64::try_from(BATCH).unwrap_or(1)).await?;
        let is_last = batch.len() < BATCH;
        rows.extend(batch);
        after = rows.last().map(|row| (row.created_at, row.id));
        if is_last {
            break;
        }
    }
    let entry = AuditEntry {
        actor: Some(&official.caller),
        action: "transfers.exported",
        subject_type: "agency",
        subject_id: agency.to_string(),
        detail: json!({"from": days.from, "until": days.until, "rows": rows.len()}),
    };
    audit::record(&conn, &app.life, entry).await?;
    drop(conn);
    let bytes = web::block(move || spreadsheet(&figures, &rows)).await.map_err(anyhow::Error::from)?;
    let name = format!("{}-{}-{}.xlsx", *agency, days.from.format("%Y%m%d"), days.until.format("%Y%m%d"));
    Ok(HttpResponse::Ok()
        .content_type(MEDIA_TYPE)
        .insert_header(("content-disposition", format!("attachment; filename=\"{name}\"")))
        .insert_header(("cache-control", "no-store"))
        .body(bytes.map_err(anyhow::Error::from)?))
}
