//! What an official is shown of somebody else's is written down before she sees it.

use diesel_async::AsyncPgConnection;
use edge::{Caller, Problem, SecurityEvent, audit};
use serde_json::Value;
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
