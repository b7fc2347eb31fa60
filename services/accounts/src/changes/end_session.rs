//! A session ends before its time.

use chrono::{DateTime, Utc};
use diesel_async::AsyncPgConnection;
use edge::{Caller, Problem, audit, kinds};
use uuid::Uuid;

use crate::{
    app::App,
    store::sessions::{self, Revoked, Session},
};

/// The person leaves. Leaving twice is no error.
///
/// # Errors
/// When the database does not answer.
pub async fn sign_out(app: &App, caller: &Caller, session: Uuid) -> Result<(), pg::Error> {
    app.pool
        .transaction(async |conn| {
            if !sessions::revoke(conn, session, Revoked::SignedOut, app.now()).await? {
                return Ok(());
            }
            let entry = ended(session, caller.id, Revoked::SignedOut);
            audit::record(conn, &app.life, audit::AuditEntry { actor: Some(caller), ..entry }).await
        })
        .await
}

/// The person ends one of her sessions from another one. One that has ended stays so.
///
/// # Errors
/// 404 for a session that is not hers.
pub async fn end_own_session(app: &App, caller: &Caller, session: Uuid) -> Result<(), Problem> {
    app.pool
        .transaction(async |conn| {
            if !sessions::is_of(conn, session, caller.id).await? {
                return Err(kinds::NOT_FOUND.into());
            }
            if sessions::revoke(conn, session, Revoked::EndedByOwner, app.now()).await? {
                let entry = ended(session, caller.id, Revoked::EndedByOwner);
                audit::record(conn, &app.life, audit::AuditEntry { actor: Some(caller), ..entry }).await?;
            }
            Ok(())
        })
        .await
}

/// Ends a session that must not go on.
///
/// # Errors
/// When the database does not answer.
pub async fn end(
    app: &App,
    conn: &mut AsyncPgConnection,
    session: &Session,
    why: Revoked,
    now: DateTime<Utc>,
) -> Result<(), pg::Error> {
    tracing::warn!(session_id = %session.id, why = why.as_str(), "a session was ended");
    sessions::revoke(conn, session.id, why, now).await?;
    audit::record(conn, &app.life, ended(session.id, session.user_id, why)).await
}

fn ended(session: Uuid, account: Uuid, why: Revoked) -> audit::AuditEntry<'static> {
    audit::AuditEntry {
        actor: None,
        action: "session.ended",
        subject_type: "session",
        subject_id: session.to_string(),
        detail: serde_json::json!({ "account_id": account, "why": why.as_str() }),
    }
}
