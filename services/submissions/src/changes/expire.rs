//! A draft that nobody touched for long is deleted with its papers; its applicant is told a week before.

use chrono::TimeDelta;
use civic::events::DraftExpiring;
use diesel_async::AsyncPgConnection;
use edge::audit;
use serde_json::json;
use uuid::Uuid;

use super::discard::remove;
use crate::{
    app::App,
    domain::drafts::{NOTICE, Untouched},
    store::{dossiers, drafts},
};

/// Drafts in one transaction.
const BATCH: i64 = 100;

/// Tells of drafts that will be deleted, and deletes those whose time is over. By the cautious clock: one that was wrong for a moment
/// deletes nothing.
pub async fn expire(app: &App) -> anyhow::Result<()> {
    while app.pool.transaction(async |conn| tell(app, conn).await).await? {}
    loop {
        let (more, keys) = app.pool.transaction(async |conn| delete(app, conn).await).await?;
        for key in keys {
            app.files.discard(&key).await;
        }
        if !more {
            return Ok(());
        }
    }
}

/// Tells of some; whether there may be more.
async fn tell(app: &App, conn: &mut AsyncPgConnection) -> anyhow::Result<bool> {
    let now = app.life.clock.cautious();
    let some = drafts::to_be_told(conn, now + NOTICE - kept(app), BATCH).await?;
    for id in &some {
        tell_of(app, conn, *id).await?;
        drafts::told(conn, *id, now).await?;
    }
    Ok(is_full(&some))
}

async fn tell_of(app: &App, conn: &mut AsyncPgConnection, id: Uuid) -> anyhow::Result<()> {
    let Some(draft) = dossiers::lock_any(conn, id).await? else { return Ok(()) };
    let Some(untouched) = drafts::untouched(conn, id).await? else { return Ok(()) };
    let pinned = app.procedure(conn, draft.procedure_version).await.map_err(|why| anyhow::anyhow!("{why}"))?;
    let told_at = Some(app.life.clock.cautious());
    let expiring = DraftExpiring {
        dossier_id: draft.id,
        procedure_name: pinned.procedure.name.clone(),
        agency: draft.agency,
        applicant: draft.applicant,
        kept_until: Untouched { told_at, ..untouched }.kept_until(app.draft_days),
    };
    app.outbox.put(conn, &expiring).await?;
    Ok(())
}

/// Deletes some; whether there may be more, and the keys of their papers' bytes.
async fn delete(app: &App, conn: &mut AsyncPgConnection) -> anyhow::Result<(bool, Vec<String>)> {
    let now = app.life.clock.cautious();
    let some = drafts::expired(conn, now - kept(app), now - NOTICE, BATCH).await?;
    let mut keys = Vec::new();
    for id in &some {
        let papers = remove(conn, *id).await?;
        let entry = audit::AuditEntry {
            actor: None,
            action: "draft.expired",
            subject_type: "dossier",
            subject_id: id.to_string(),
            detail: json!({"documents": papers.len()}),
        };
        audit::record(conn, &app.life, entry).await?;
        keys.extend(papers);
    }
    Ok((is_full(&some), keys))
}

fn kept(app: &App) -> TimeDelta {
    TimeDelta::days(app.draft_days.into())
}

fn is_full(batch: &[Uuid]) -> bool {
    i64::try_from(batch.len()) == Ok(BATCH)
}
