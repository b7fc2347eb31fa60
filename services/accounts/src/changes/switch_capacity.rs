//! Somebody goes on in another capacity.

use edge::{Caller, Problem, audit};
use uuid::Uuid;

use super::Bearer;
use crate::{
    app::App,
    domain::capacity,
    error,
    store::{capacities, sessions, users},
};

/// Lets `session` act in the capacity called `name` from now on.
///
/// # Errors
/// [`error::SESSION_OVER`] when the session or the account has ended; [`error::CAPACITY_NOT_HELD`] for any but the person's own.
pub async fn switch_capacity(app: &App, caller: &Caller, session: Uuid, name: &str) -> Result<Bearer, Problem> {
    let now = app.now();
    app.pool
        .transaction(async |conn| {
            let live = sessions::locked(conn, session).await?.filter(|session| session.lives(now));
            let live = live.filter(|session| session.user_id == caller.id).ok_or(error::SESSION_OVER)?;
            let user = users::open(conn, live.user_id).await?.ok_or(error::SESSION_OVER)?;
            let held = capacities::held(conn, &user, now).await?;
            let acts_as = capacity::named(&held, name).cloned().ok_or(error::CAPACITY_NOT_HELD)?;
            sessions::act_as(conn, session, name).await?;
            let entry = audit::AuditEntry {
                actor: Some(caller),
                action: "session.capacity_changed",
                subject_type: "session",
                subject_id: session.to_string(),
                detail: serde_json::json!({ "from": live.capacity, "to": name }),
            };
            audit::record(conn, &app.life, entry).await?;
            Ok(Bearer { user, session, generation: live.generation, held, acts_as })
        })
        .await
}
