//! Somebody showed the right password: a session begins.

use chrono::{DateTime, Utc};
use edge::{Problem, SecurityEvent, audit};
use uuid::Uuid;

use super::{Attempt, Bearer};
use crate::{
    app::App,
    domain::{capacity, device::Device, refresh_token::RefreshToken},
    error,
    store::{
        capacities, known_devices,
        sessions::{self, Session},
        sign_in_failures, users,
    },
};

/// Opens a session of the account `user` whose PHC string `proven` was found right, in the capacity used last or in the first
/// that is held. The charge of `attempt` and what failed before are forgotten, and the device is known from here on: the one that it says it is, if we gave it that, or a new one.
///
/// # Errors
/// [`error::CREDENTIALS_WRONG`] when the account was closed or the password changed meanwhile; [`error::NO_CAPACITY`] when no post or
/// membership is in force, and the person is not identified.
pub async fn open_session(
    app: &App,
    user: Uuid,
    proven: &str,
    attempt: &Attempt,
    device: Option<Device>,
    now: DateTime<Utc>,
) -> Result<(Bearer, RefreshToken, Device), Problem> {
    app.pool
        .transaction(async |conn| {
            // Before it is read what she holds: whoever takes something from her waits, or is waited for.
            let open = users::open_locked(conn, user).await?.filter(|(_, phc)| phc == proven);
            let (user, _) = open.ok_or(error::CREDENTIALS_WRONG)?;
            sign_in_failures::forget(conn, &attempt.keys).await?;
            let held = capacities::held(conn, &user, now).await?;
            let last = sessions::last_capacity(conn, user.id).await?;
            let acts_as = capacity::initial(&held, last.as_deref()).cloned().ok_or(error::NO_CAPACITY)?;
            let device = match &device {
                Some(device) if known_devices::is_ours(conn, device).await? => device.clone(),
                _ => Device::new(app.life.random.bytes()),
            };
            known_devices::remember(conn, &device, user.id, now).await?;
            let (id, chain_key) = (app.life.new_id(), app.life.random.bytes::<32>());
            let refresh = RefreshToken::first(id, &chain_key, app.life.random.bytes());
            let session = Session {
                id,
                user_id: user.id,
                chain_key: chain_key.to_vec(),
                current_hash: refresh.digest(),
                previous_hash: None,
                replaced_at: None,
                created_at: now,
                expires_at: now + app.session_life,
                revoked_at: None,
                capacity: Some(acts_as.capacity.to_string()),
                generation: 0,
            };
            sessions::insert(conn, &session).await?;
            let entry = audit::AuditEntry {
                actor: None,
                action: SecurityEvent::SignedIn.as_str(),
                subject_type: "session",
                subject_id: id.to_string(),
                detail: serde_json::json!({ "account_id": user.id, "capacity": acts_as.capacity.to_string() }),
            };
            audit::record(conn, &app.life, entry).await?;
            Ok((Bearer { user, session: id, generation: 0, held, acts_as }, refresh, device))
        })
        .await
}
