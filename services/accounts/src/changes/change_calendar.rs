//! An agency's working calendar is another one; the country's is when the program brings a newer edition of it.

use civic::{AgencyCode, CalendarSettings, events::CalendarChanged};
use diesel_async::AsyncPgConnection;
use edge::{Caller, IfMatch, Problem, audit, kinds};
use serde_json::json;

use crate::{
    app::App,
    store::calendars::{self, NATIONAL, Row},
};

/// Why the country's days are others.
const EDITION: &str = "Theo thông báo nghỉ lễ, tết mới (cập nhật cùng phiên bản hệ thống)";

/// Gives an agency this calendar, from the version that the caller saw; gives it as it is then.
///
/// # Errors
/// 412 when it is at another version by now.
pub async fn change_calendar(
    app: &App,
    caller: &Caller,
    agency: &AgencyCode,
    seen: &IfMatch,
    calendar: CalendarSettings,
    reason: String,
) -> Result<Row, Problem> {
    app.pool
        .transaction(async |conn| {
            let known = calendars::newest(conn, Some(agency)).await?.map_or(0, |row| row.version);
            seen.check(i32::try_from(known).unwrap_or(i32::MAX))?;
            let (agency, version) = (Some(agency.clone()), known + 1);
            let told = CalendarChanged { agency, version, changed_at: app.now(), reason, calendar };
            let written = write(app, conn, Some(caller), &told).await?;
            written.ok_or_else(|| Problem::from(kinds::STALE))
        })
        .await
}

/// Brings the country's days to the edition of this program, unless they are as new.
///
/// # Errors
/// When the database does not answer.
pub async fn bring_national_days(app: &App) -> anyhow::Result<()> {
    app.pool
        .transaction(async |conn| {
            let known = calendars::newest(conn, None).await?.map_or(0, |row| row.version);
            let version = CalendarSettings::VIETNAM_EDITION;
            if known >= version {
                return Ok(());
            }
            let (changed_at, reason, calendar) = (app.now(), EDITION.to_owned(), CalendarSettings::vietnam());
            let told = CalendarChanged { agency: None, version, changed_at, reason, calendar };
            write(app, conn, None, &told).await?;
            anyhow::Ok(())
        })
        .await
}

/// Writes a version and tells it; nothing when somebody else made it meanwhile.
async fn write(
    app: &App,
    conn: &mut AsyncPgConnection,
    caller: Option<&Caller>,
    told: &CalendarChanged,
) -> Result<Option<Row>, pg::Error> {
    let row = Row::of(told, caller.map(|caller| caller.id))?;
    if !calendars::add(conn, &row).await? {
        return Ok(None);
    }
    app.outbox.put(conn, told).await?;
    let entry = audit::AuditEntry {
        actor: caller,
        action: "calendar.changed",
        subject_type: "calendar",
        subject_id: told.agency.as_ref().map_or(NATIONAL, AgencyCode::as_str).to_owned(),
        detail: json!({"version": told.version, "reason": told.reason}),
    };
    audit::record(conn, &app.life, entry).await?;
    Ok(Some(row))
}
