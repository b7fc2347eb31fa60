//! A day of an agency's books is closed and signed: what was booked on it stands for good, and is written down beside who signed.

use chrono::NaiveDate;
use civic::AgencyCode;
use diesel_async::AsyncPgConnection;
use edge::{
    Caller, Problem,
    audit::{self, AuditEntry},
};
use serde_json::json;

use crate::{
    app::App,
    domain::day,
    error,
    store::{
        closed_days::{self, ClosedDay},
        differences,
        figures::{self, Figure, Period},
    },
};

/// Signs a day.
///
/// # Errors
/// When it is not over, closed already, or a difference of it is nobody's.
pub async fn sign(
    conn: &mut AsyncPgConnection,
    app: &App,
    by: &Caller,
    agency: &AgencyCode,
    date: NaiveDate,
) -> Result<(ClosedDay, Vec<Figure>), Problem> {
    if !day::is_over(date, app.life.clock.cautious()) {
        return Err(error::DAY_NOT_OVER.into());
    }
    let (waiting, nobodys) = differences::waiting(conn, agency, date).await?;
    if nobodys > 0 {
        return Err(error::DIFFERENCE_WITHOUT_OWNER.into());
    }
    let (from, until) = day::bounds(date);
    let figures = figures::of(conn, Period { agency, from, until }).await?;
    let closed = ClosedDay {
        agency: agency.clone(),
        day: date,
        signed_by: by.id,
        signed_by_name: by.name.clone(),
        signed_at: app.now(),
        open_differences: i32::try_from(waiting).unwrap_or(i32::MAX),
    };
    if !closed_days::insert(conn, &closed, &figures).await? {
        return Err(error::DAY_CLOSED.into());
    }
    let entry = AuditEntry {
        actor: Some(by),
        action: "day.signed",
        subject_type: "day",
        subject_id: format!("{agency} {date}"),
        detail: json!({"figures": figures, "open_differences": waiting}),
    };
    audit::record(conn, &app.life, entry).await?;
    Ok((closed, figures))
}
