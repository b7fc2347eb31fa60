//! What becomes of dossiers. Each change is one transaction with all that it causes: load, decide (`domain`), save, history, events,
//! audit. Operations, jobs and the events of others share them.

pub mod add_document;
pub mod add_result;
pub mod answer;
pub mod complete;
pub mod discard;
pub mod duties;
pub mod expire;
pub mod file;
pub mod open;
pub mod receive;
pub mod remove_document;
pub mod replay;
pub mod settle;

use anyhow::anyhow;
use civic::Event;
use diesel_async::AsyncPgConnection;
use edge::{Caller, audit};
use serde_json::json;

use crate::{
    app::App,
    domain::dossier::{Change, Dossier},
    store::{dossiers, history},
};

/// Who makes a change, and under which name it is remembered.
struct Cause<'a> {
    /// Who; `None` for this service itself.
    actor: Option<&'a Caller>,
    /// What is done: `dossier.received`.
    action: &'static str,
    /// What the actor noted.
    note: Option<&'a str>,
}

/// Writes a change of a filed dossier: the dossier with its rows, its history, the event and the audit row. The caller holds the dossier's lock.
async fn record<E: Event>(
    app: &App,
    conn: &mut AsyncPgConnection,
    before: &Dossier,
    change: &Change<E>,
    cause: Cause<'_>,
) -> anyhow::Result<()> {
    let dossier = &change.dossier;
    dossiers::save_with_rows(conn, before, dossier).await?;
    history::append(conn, dossier.id, &change.steps, app.life.clock.now(), cause.actor, cause.note).await?;
    if let Some(event) = &change.event {
        app.outbox.put(conn, event).await?;
    }
    announce(app, conn, dossier).await?;
    let steps: Vec<_> = change.steps.iter().map(|step| json!([step.from, step.to])).collect();
    let entry = audit::AuditEntry {
        actor: cause.actor,
        action: cause.action,
        subject_type: "dossier",
        subject_id: dossier.id.to_string(),
        detail: json!({"steps": steps, "version": dossier.version}),
    };
    audit::record(conn, &app.life, entry).await?;
    Ok(())
}

/// Tells others where a dossier stands, in the transaction that brought it there.
async fn announce(app: &App, conn: &mut AsyncPgConnection, dossier: &Dossier) -> anyhow::Result<()> {
    let pinned = app.procedure(conn, dossier.procedure_version).await.map_err(|why| anyhow!("{why}"))?;
    let (arrival, documents) = history::arrival(conn, dossier.id).await?;
    if let Some(moved) = dossier.moved(&pinned, arrival, documents) {
        app.outbox.put(conn, &moved).await?;
    }
    Ok(())
}
