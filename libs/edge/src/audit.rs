//! Who did what: a row written in the transaction that did it.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use runtime::{Life, Trace};
use serde_json::Value;
use uuid::Uuid;

use crate::{Caller, Origin, asked::Asked, schema::audit_log, security::SecurityEvent};

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

#[derive(Debug, Insertable)]
#[diesel(table_name = audit_log)]
pub(crate) struct Row {
    pub id: Uuid,
    pub at: DateTime<Utc>,
    pub actor_id: Option<Uuid>,
    pub actor_kind: &'static str,
    pub actor_capacity: Option<String>,
    pub action: &'static str,
    pub subject_type: &'static str,
    pub subject_id: String,
    pub trace_id: Option<String>,
    pub detail: Value,
    pub origin: Option<String>,
}

/// Writes a entry into the audit log, in the caller's transaction, with the network address that the request came from. A security
/// event is counted.
///
/// # Errors
/// When the database does not take the row.
pub async fn record(mut conn: &AsyncPgConnection, life: &Life, entry: AuditEntry<'_>) -> Result<(), pg::Error> {
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
        origin: Origin::current().map(|origin| origin.to_string()),
    };
    if let (Ok(event), Some(asked)) = (entry.action.parse::<SecurityEvent>(), Asked::current()) {
        event.count(asked.service);
    }
    pg::kept(diesel::insert_into(audit_log::table).values(row)).execute(&mut conn).await?;
    Ok(())
}

/// Writes rows that were made before. Those that are there already, because it was not known whether they were written, stay.
pub(crate) async fn keep(conn: &mut AsyncPgConnection, rows: &[Row]) -> Result<(), pg::Error> {
    diesel::insert_into(audit_log::table).values(rows).on_conflict_do_nothing().execute(conn).await?;
    Ok(())
}
