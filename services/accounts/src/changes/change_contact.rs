//! An agency is reached in another way.

use civic::{
    AgencyCode,
    events::{AgencyContact, AgencyOpened},
};
use edge::{Caller, IfMatch, Problem, audit};
use serde_json::json;

use crate::{
    app::App,
    error,
    store::agencies::{self, Agency},
};

/// Replaces an agency's contact, from the version that the caller saw; gives the agency as it is then.
///
/// # Errors
/// 412 when it is at another version by now.
pub async fn change_contact(
    app: &App,
    caller: &Caller,
    code: &AgencyCode,
    seen: &IfMatch,
    contact: AgencyContact,
) -> Result<Agency, Problem> {
    app.pool
        .transaction(async |conn| {
            let agency = agencies::lock(conn, code).await?.ok_or(error::AGENCY_NOT_FOUND)?;
            seen.check(agency.contact_version)?;
            let version = agency.contact_version + 1;
            let agency = Agency { contact: contact.into(), contact_version: version, ..agency };
            agencies::set_contact(conn, &agency).await?;
            app.outbox.put(conn, &AgencyOpened::from(agency.clone())).await?;
            let entry = audit::AuditEntry {
                actor: Some(caller),
                action: "agency_contact.changed",
                subject_type: "agency",
                subject_id: code.to_string(),
                detail: json!({"version": version}),
            };
            audit::record(conn, &app.life, entry).await?;
            Ok(agency)
        })
        .await
}
