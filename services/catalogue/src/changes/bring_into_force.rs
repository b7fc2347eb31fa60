//! What was announced becomes the current version on its day.

use anyhow::Result;
use civic::VIETNAM;
use diesel_async::AsyncPgConnection;
use edge::{
    Caller,
    audit::{self, AuditEntry},
};
use serde_json::json;

use super::publish::publish_one;
use crate::{
    app::App,
    store::{
        drafts::{self, Draft},
        versions,
    },
};

/// Publishes what an announced draft says as the next version, and tells others. The caller holds the draft.
///
/// # Errors
/// When the database does not take it.
pub async fn bring_into_force(
    conn: &mut AsyncPgConnection,
    app: &App,
    by: Option<&Caller>,
    draft: Draft,
) -> Result<Draft> {
    let number = versions::lock_last(conn, &draft.procedure).await? + 1;
    publish_one(conn, &app.outbox, &app.life, number, &draft.said()?, draft.decision.as_deref()).await?;
    let draft = drafts::save(conn, Draft { published_version: Some(number), ..draft }).await?;
    let entry = AuditEntry {
        actor: by,
        action: "procedure.published",
        subject_type: "procedure",
        subject_id: draft.procedure.to_string(),
        detail: json!({"version": number, "draft": draft.id, "decision": draft.decision}),
    };
    audit::record(conn, &app.life, entry).await?;
    Ok(draft)
}

/// Brings into force whatever has waited for a day that has come, each by itself: from the midnight on with which the day begins in
/// Vietnam, or as soon as somebody is there to do it.
///
/// # Errors
/// When one cannot be brought into force; the others are.
pub async fn bring_due(app: &App) -> Result<()> {
    let today = app.life.clock.cautious().with_timezone(&VIETNAM).date_naive();
    let due = drafts::due(&mut *app.pool.get().await?, today).await?;
    let mut failed = Ok(());
    for id in due {
        let brought = app.pool.transaction::<_, anyhow::Error>(async |conn| {
            let draft = drafts::lock(conn, id).await?;
            let still = |draft: &Draft| {
                draft.published_version.is_none() && draft.in_force_from.is_some_and(|day| day <= today)
            };
            // Another process, or a controller who took it back, was faster.
            let Some(draft) = draft.filter(still) else { return Ok(()) };
            let draft = bring_into_force(conn, app, None, draft).await?;
            tracing::info!(code = %draft.procedure, version = draft.published_version, "a version came into force");
            Ok(())
        });
        if let Err(why) = brought.await {
            failed = Err(why);
        }
    }
    failed
}
