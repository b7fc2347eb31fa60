//! Who did what: a row written in the transaction that did it.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use runtime::{Life, Trace};
use serde_json::Value;
use uuid::Uuid;

use crate::{Caller, schema::audit_log};

/// A entry, for the audit log. Holds ids, never a person's data.
#[derive(Clone, Debug)]
pub struct AuditEntry<'a> {
    /// Who did it; `None` for the system itself or somebody without an account.
    pub actor: Option<&'a Caller>,
    /// What: `dossier.received`.
    pub action: &'static str,
    /// To what kind of thing: `dossier`.
    pub subject_type: &'static str,
    /// To which one.
    pub subject_id: String,
    /// What else matters: the states before and after, the version.
    pub detail: Value,
}

#[derive(Insertable)]
#[diesel(table_name = audit_log)]
struct Row {
    id: Uuid,
    at: DateTime<Utc>,
    actor_id: Option<Uuid>,
    actor_kind: &'static str,
    actor_capacity: Option<String>,
    action: &'static str,
    subject_type: &'static str,
    subject_id: String,
    trace_id: Option<String>,
    detail: Value,
}

/// Writes a entry into the audit log, in the caller's transaction.
///
/// # Errors
/// When the database does not take the row.
pub async fn record(conn: &mut AsyncPgConnection, life: &Life, entry: AuditEntry<'_>) -> Result<(), pg::Error> {
    let row = Row {
        id: life.new_id(),
        at: life.clock.now(),
        actor_id: entry.actor.map(|caller| caller.id),
        actor_kind: entry.actor.map_or("SYSTEM", |caller| caller.kind().as_str()),
        actor_capacity: entry.actor.map(|caller| caller.capacity.to_string()),
        action: entry.action,
        subject_type: entry.subject_type,
        subject_id: entry.subject_id,
        trace_id: Trace::current().map(|trace| trace.id()),
        detail: entry.detail,
    };
    diesel::insert_into(audit_log::table).values(row).execute(conn).await?;
    Ok(())
}
