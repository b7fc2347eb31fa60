//! An official, or who keeps the agency's settings for her, notes when she is away and who stands in; and takes that back.

use civic::{AgencyCode, OfficialRole};
use diesel_async::AsyncPgConnection;
use edge::{Caller, Official, Problem, audit, kinds};
use serde_json::json;
use uuid::Uuid;

use super::{at_work::today, duties::NotesLeaves};
use crate::{
    app::App,
    domain::leave::Leave,
    error,
    store::{leaves, staff},
};

/// Notes a leave at an agency where the official serves.
pub async fn note_leave(
    app: &App,
    conn: &mut AsyncPgConnection,
    agency: &AgencyCode,
    leave: &Leave,
    official: &Official<NotesLeaves>,
) -> Result<(), Problem> {
    may_note(&official.caller, agency, leave)?;
    // One after the other: two leaves that are noted at once see each other.
    staff::lock_choice(conn, agency).await?;
    let today = today(app);
    let known = leaves::of_agency(conn, agency, today).await?;
    let now = app.life.clock.now();
    let staff = staff::of_agency(conn, agency, now).await?;
    let faults = leave.faults(&known, &staff.colleagues, now);
    if !faults.is_empty() {
        return Err(error::with_findings(kinds::INVALID, faults));
    }
    leaves::insert(conn, agency, leave, official.caller.id, now).await?;
    note(app, conn, "leave.noted", leave, &official.caller).await
}

/// Takes a leave back: from now on it does not hold. Of one that does not, nothing is left to do.
pub async fn end_leave(
    app: &App,
    conn: &mut AsyncPgConnection,
    agency: &AgencyCode,
    id: Uuid,
    official: &Official<NotesLeaves>,
) -> Result<(), Problem> {
    let Some(leave) = leaves::lock(conn, agency, id).await? else { return Ok(()) };
    may_note(&official.caller, agency, &leave)?;
    leaves::end(conn, id, app.life.clock.now()).await?;
    note(app, conn, "leave.ended", &leave, &official.caller).await
}

fn may_note(caller: &Caller, agency: &AgencyCode, leave: &Leave) -> Result<(), Problem> {
    let keeps_settings = caller.roles_at(agency).contains(&OfficialRole::AgencyAdministrator);
    if keeps_settings || caller.id == leave.official { Ok(()) } else { Err(error::ROLE_MISSING.into()) }
}

async fn note(
    app: &App,
    conn: &mut AsyncPgConnection,
    action: &'static str,
    leave: &Leave,
    caller: &Caller,
) -> Result<(), Problem> {
    let entry = audit::AuditEntry {
        actor: Some(caller),
        action,
        subject_type: "leave",
        subject_id: leave.id.to_string(),
        detail: json!({
            "official": leave.official, "deputy": leave.deputy, "first_day": leave.first_day, "last_day": leave.last_day,
            "first_part": leave.first_part, "last_part": leave.last_part,
        }),
    };
    audit::record(conn, &app.life, entry).await?;
    Ok(())
}
