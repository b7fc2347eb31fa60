//! Somebody showed the code that was sent to her address: she has a new password, and nobody is signed in any more.

use chrono::{DateTime, Utc};
use civic::events::AccountNotice;
use edge::{Problem, audit};
use uuid::Uuid;

use super::notice::noticed;
use crate::{
    app::App,
    domain::device::Device,
    error,
    store::{
        confirmations, known_devices,
        sessions::{self, Revoked},
        users,
    },
};

/// Gives the account `user` of confirmation `id`, whose code was right, a new password. The device that showed the code is the only
/// one that is known from here on: strangers who guess cannot make it wait.
///
/// # Errors
/// [`error::PASSWORD_RESET_OVER`] when it was confirmed before, or the account closed.
pub async fn reset_password(
    app: &App,
    id: Uuid,
    user: Uuid,
    password_hash: &str,
    now: DateTime<Utc>,
) -> Result<Device, Problem> {
    app.pool
        .transaction(async |conn| {
            let pending = confirmations::locked(conn, id).await?.filter(|it| it.confirmed_at.is_none());
            pending.ok_or(error::PASSWORD_RESET_OVER)?;
            let (user, _) = users::locked(conn, user).await?.ok_or(error::PASSWORD_RESET_OVER)?;
            confirmations::confirm(conn, id, now).await?;
            users::set_password(conn, user.id, password_hash, now).await?;
            let ended = sessions::revoke_all(conn, user.id, None, Revoked::PasswordChanged, now).await?;
            known_devices::forget(conn, user.id).await?;
            let device = Device::new(app.life.random.bytes());
            known_devices::remember(conn, &device, user.id, now).await?;
            let entry = audit::AuditEntry {
                actor: None,
                action: "password.reset",
                subject_type: "account",
                subject_id: user.id.to_string(),
                detail: serde_json::json!({ "confirmation_id": id, "sessions_ended": ended }),
            };
            audit::record(conn, &app.life, entry).await?;
            app.outbox.put(conn, &noticed(&user, AccountNotice::PasswordReset, now)).await?;
            Ok(device)
        })
        .await
}
