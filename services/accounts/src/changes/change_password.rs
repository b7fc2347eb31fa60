//! Somebody who is signed in and showed her password has a new one; her other sessions end.

use chrono::{DateTime, Utc};
use civic::events::AccountNotice;
use edge::{Caller, Problem, audit};

use super::notice::noticed;
use crate::{
    app::App,
    error,
    store::{
        sessions::{self, Revoked},
        users,
    },
};

/// Puts `password_hash` in the place of `proven`, which was found right.
///
/// # Errors
/// [`error::PASSWORD_WRONG`] when it was changed meanwhile, or the account closed.
pub async fn change_password(
    app: &App,
    caller: &Caller,
    proven: &str,
    password_hash: &str,
    now: DateTime<Utc>,
) -> Result<(), Problem> {
    app.pool
        .transaction(async |conn| {
            let (user, _) =
                users::locked(conn, caller.id).await?.filter(|(_, phc)| phc == proven).ok_or(error::PASSWORD_WRONG)?;
            users::set_password(conn, user.id, password_hash, now).await?;
            let ended = sessions::revoke_all(conn, user.id, caller.session, Revoked::PasswordChanged, now).await?;
            let entry = audit::AuditEntry {
                actor: Some(caller),
                action: "password.changed",
                subject_type: "account",
                subject_id: user.id.to_string(),
                detail: serde_json::json!({ "sessions_ended": ended }),
            };
            audit::record(conn, &app.life, entry).await?;
            app.outbox.put(conn, &noticed(&user, AccountNotice::PasswordChanged, now)).await?;
            Ok(())
        })
        .await
}
