//! What an official is shown of somebody else's is written down before she sees it.

use civic::{AgencyCode, DossierCode};
use diesel_async::AsyncPgConnection;
use edge::{Caller, Problem, SecurityEvent, Subject, audit};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{app::App, store::dossiers::Reader};

/// Writes down that `caller` is shown `what` of a dossier. What is her own, or her organisation's, is nobody's business.
///
/// # Errors
/// When it cannot be written: then nothing is shown.
pub async fn shown(
    app: &App,
    conn: &mut AsyncPgConnection,
    (caller, reader): (&Caller, &Reader),
    dossier: Uuid,
    what: Value,
) -> Result<(), Problem> {
    if matches!(reader, Reader::Party(_)) {
        return Ok(());
    }
    let entry = audit::AuditEntry {
        actor: Some(caller),
        action: SecurityEvent::PersonalDataRead.as_str(),
        subject_type: "dossier",
        subject_id: dossier.to_string(),
        detail: what,
    };
    Ok(audit::record(conn, &app.life, entry).await?)
}

/// Writes down that `caller` looked for somebody in an agency's work, once for a search and not for each row that it found. What was
/// looked for is kept as a digest, as [`edge::Subject::claimed`] makes it: who knows the number or the name finds it.
///
/// # Errors
/// When it cannot be written: then nothing is shown.
pub async fn searched(
    app: &App,
    conn: &mut AsyncPgConnection,
    caller: &Caller,
    agency: &AgencyCode,
    (words, found): (&str, usize),
) -> Result<(), Problem> {
    // A code names nobody.
    if words.trim().parse::<DossierCode>().is_ok() {
        return Ok(());
    }
    let what = json!({ "searched": Subject::claimed(words.trim()).id, "found": found });
    shown_at_agency(app, conn, caller, agency, what).await
}

/// Writes down that `caller` is shown `what` of people whose dossiers an agency has: a list, a register, addresses.
///
/// # Errors
/// When it cannot be written: then nothing is shown.
pub async fn shown_at_agency(
    app: &App,
    conn: &AsyncPgConnection,
    caller: &Caller,
    agency: &AgencyCode,
    what: Value,
) -> Result<(), Problem> {
    let entry = audit::AuditEntry {
        actor: Some(caller),
        action: SecurityEvent::PersonalDataRead.as_str(),
        subject_type: "agency",
        subject_id: agency.to_string(),
        detail: what,
    };
    Ok(audit::record(conn, &app.life, entry).await?)
}
