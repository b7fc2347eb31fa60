//! Somebody who showed her password closes her account. What she filed stays.

use chrono::{DateTime, Utc};
use civic::{
    VIETNAM,
    events::{AccountNotice, AccountNoticed},
};
use diesel_async::AsyncPgConnection;
use edge::{Caller, Problem, audit, kinds};
use uuid::Uuid;

use super::notice::noticed;
use crate::{
    app::App,
    error,
    store::{
        capacities, known_devices,
        sessions::{self, Revoked},
        users,
    },
};

/// Closes the caller's account: nobody signs in to it any more, and its address and citizen number are free.
///
/// # Errors
/// [`error::HOLDS_POST`] while she serves at an agency; 401 when it was closed meanwhile.
pub async fn close_account(app: &App, caller: &Caller, now: DateTime<Utc>) -> Result<(), Problem> {
    app.pool.transaction(async |conn| close(app, conn, caller.id, caller, now).await).await
}

/// Closes account `id`: its owner does, or an official to whom somebody else proved that the citizen number is hers.
///
/// # Errors
/// As [`close_account`].
pub(super) async fn close(
    app: &App,
    conn: &mut AsyncPgConnection,
    id: Uuid,
    by: &Caller,
    now: DateTime<Utc>,
) -> Result<(), Problem> {
    let (user, _) = users::locked(conn, id).await?.ok_or(kinds::UNAUTHENTICATED)?;
    let posts = capacities::posts(conn, user.id, now.with_timezone(&VIETNAM).date_naive()).await?;
    if !posts.is_empty() {
        return Err(error::HOLDS_POST.into());
    }
    let ended = sessions::revoke_all(conn, user.id, None, Revoked::AccountClosed, now).await?;
    users::close(conn, user.id, now).await?;
    known_devices::forget(conn, user.id).await?;
    let entry = audit::AuditEntry {
        actor: Some(by),
        action: "account.closed",
        subject_type: "account",
        subject_id: user.id.to_string(),
        detail: serde_json::json!({ "sessions_ended": ended }),
    };
    audit::record(conn, &app.life, entry).await?;
    let by_office = by.id != user.id;
    let notice = AccountNoticed { by_office, ..noticed(&user, AccountNotice::Closed, now) };
    app.outbox.put(conn, &notice).await?;
    Ok(())
}
