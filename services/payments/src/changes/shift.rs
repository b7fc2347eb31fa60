//! A cashier opens and closes her shift; one that is left open is told.

use chrono::{DateTime, NaiveTime, TimeZone, Utc};
use civic::{AgencyCode, VIETNAM, Vnd};
use diesel_async::AsyncPgConnection;
use edge::{
    Caller, Problem,
    audit::{self, AuditEntry},
};
use serde_json::json;
use uuid::Uuid;

use super::tell_officials::{OfficialsNotice, tell_officials};
use crate::{
    app::App,
    domain::taking,
    error,
    store::{
        shifts::{self, Shift},
        takings,
    },
};

/// Opens a shift at a till with so much in the drawer.
///
/// # Errors
/// When the cashier or the till has one that is open.
pub async fn open(
    conn: &mut AsyncPgConnection,
    app: &App,
    by: &Caller,
    agency: &AgencyCode,
    till: String,
    opening: Vnd,
) -> Result<Shift, Problem> {
    let shift = Shift {
        id: app.life.new_id(),
        agency: agency.clone(),
        till,
        cashier_id: by.id,
        cashier_name: by.name.clone(),
        opened_at: app.now(),
        opening,
        closed_at: None,
        counted: None,
        expected: None,
        difference_reason: None,
        told_at: None,
    };
    if !shifts::insert(conn, &shift).await? {
        return Err(error::SHIFT_OPEN_ALREADY.into());
    }
    let detail = json!({"agency": agency, "till": &shift.till, "opening": opening});
    note(conn, app, by, "shift.opened", shift.id, detail).await?;
    Ok(shift)
}

/// The cashier's own shift, held, if it is open.
///
/// # Errors
/// When it is not at her agency, closed, or another cashier's.
pub async fn hold_own(
    conn: &mut AsyncPgConnection,
    by: &Caller,
    agencies: &[AgencyCode],
    id: Uuid,
) -> Result<Shift, Problem> {
    let shift = shifts::lock(conn, id).await?.filter(|shift| agencies.contains(&shift.agency));
    let shift = shift.ok_or(error::SHIFT_NOT_FOUND)?;
    let is_own = shift.closed_at.is_none() && shift.cashier_id == by.id;
    if is_own { Ok(shift) } else { Err(error::SHIFT_NOT_OPEN.into()) }
}

/// Closes a shift that is held, with what was counted in the drawer.
///
/// # Errors
/// When that differs from what should be there, and no reason is given.
pub async fn close(
    conn: &mut AsyncPgConnection,
    app: &App,
    by: &Caller,
    shift: Shift,
    counted: Vnd,
    reason: Option<String>,
) -> Result<Shift, Problem> {
    let expected = expected(conn, &shift).await?;
    if counted != expected && reason.is_none() {
        return Err(error::SHIFT_DIFFERS.into());
    }
    let shift = Shift {
        closed_at: Some(app.now()),
        counted: Some(counted),
        expected: Some(expected),
        difference_reason: reason.filter(|_| counted != expected),
        ..shift
    };
    shifts::save(conn, &shift).await?;
    let detail = json!({"counted": counted, "expected": expected, "reason": &shift.difference_reason});
    note(conn, app, by, "shift.closed", shift.id, detail).await?;
    Ok(shift)
}

/// What must be in the drawer now.
pub async fn expected(conn: &mut AsyncPgConnection, shift: &Shift) -> Result<Vnd, pg::Error> {
    let taken = takings::of_shift(conn, shift.id).await?;
    let stays = taken.iter().filter(|(taking, ..)| taking.reversed_at.is_none());
    let expected = taking::expected(shift.opening, stays.map(|(taking, attempt, _)| (attempt.provider, taking.amount)));
    Ok(expected.unwrap_or(Vnd::MAX))
}

/// Tells of shifts that were not closed on the day on which they were opened, each once.
pub async fn tell_left_open(app: &App) -> anyhow::Result<()> {
    app.pool
        .transaction(async |conn| {
            for shift in shifts::left_open(conn, midnight(app.life.clock.cautious())).await? {
                let expected = expected(conn, &shift).await?;
                tell_officials(conn, app, OfficialsNotice::shift_open(&shift, expected)).await?;
                shifts::save(conn, &Shift { told_at: Some(app.now()), ..shift }).await?;
            }
            Ok::<_, pg::Error>(())
        })
        .await?;
    Ok(())
}

/// When the day of this moment began in Vietnam.
fn midnight(now: DateTime<Utc>) -> DateTime<Utc> {
    let day = now.with_timezone(&VIETNAM).date_naive().and_time(NaiveTime::MIN);
    VIETNAM.from_local_datetime(&day).single().map_or(now, |begin| begin.to_utc())
}

async fn note(
    conn: &mut AsyncPgConnection,
    app: &App,
    by: &Caller,
    action: &'static str,
    shift: Uuid,
    detail: serde_json::Value,
) -> Result<(), pg::Error> {
    let entry = AuditEntry { actor: Some(by), action, subject_type: "shift", subject_id: shift.to_string(), detail };
    audit::record(conn, &app.life, entry).await
}
