//! Writes what was decided about a filed dossier, with everything that it causes.

use civic::Event;
use diesel_async::AsyncPgConnection;
use edge::{Caller, audit};
use queue::Outbox;
use runtime::Life;
use serde_json::json;

use super::{dossiers, history};
use crate::domain::dossier::Change;

/// Who does it, and under which name it is remembered.
pub struct Deed<'a> {
    /// Who; `None` for this service itself.
    pub actor: Option<&'a Caller>,
    /// What: `dossier.received`.
    pub action: &'static str,
    /// What the actor noted.
    pub note: Option<&'a str>,
}

/// Saves the dossier, its history, the event and the audit row. The caller holds the dossier's lock.
pub async fn apply_change<E: Event>(
    conn: &mut AsyncPgConnection,
    outbox: &Outbox,
    life: &Life,
    change: &Change<E>,
    deed: Deed<'_>,
) -> Result<(), pg::Error> {
    let dossier = &change.dossier;
    dossiers::save(conn, dossier).await?;
    history::append(conn, dossier.id, &change.steps, life.clock.now(), deed.actor, deed.note).await?;
    outbox.put(conn, &change.event).await?;
    let steps: Vec<_> = change.steps.iter().map(|step| json!([step.from, step.to])).collect();
    let record = audit::Deed {
        actor: deed.actor,
        action: deed.action,
        subject_type: "dossier",
        subject_id: dossier.id.to_string(),
        detail: json!({"steps": steps, "version": dossier.version}),
    };
    audit::record(conn, life, record).await
}
