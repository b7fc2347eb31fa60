//! Where one is signed in.

use actix_web::{get, web};
use chrono::{DateTime, Utc};
use edge::{Person, Problem, Reply, kinds};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    app::App,
    store::{sessions, users},
};

/// Sessions, the newest first.
#[derive(Serialize, ToSchema)]
pub struct SessionList {
    /// Those that have not ended; a hundred at most.
    items: Vec<SessionView>,
    /// The `id` of the one that asks.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    current: Option<Uuid>,
}

/// A sign-in that has not ended.
#[derive(Serialize, ToSchema)]
pub struct SessionView {
    /// To end it by.
    id: Uuid,
    /// Whether it is the list's `current`.
    current: bool,
    /// The `id` of the capacity in which it acts.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "SELF")]
    capacity: Option<String>,
    /// When the person signed in.
    created_at: DateTime<Utc>,
    /// When it was refreshed last, if it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    refreshed_at: Option<DateTime<Utc>>,
    /// When it ends at the latest.
    expires_at: DateTime<Utc>,
}
edge::failures![kinds::FORBIDDEN];

/// List the own sessions
///
/// Those that have not ended, the newest first.
#[utoipa::path(
    operation_id = "list_sessions",
    tag = "sessions",
    responses((status = 200, description = "The sessions", body = SessionList), Failures),
    security(("bearer" = []))
)]
#[get("/api/v1/sessions")]
pub async fn list_sessions(app: web::Data<App>, caller: Person) -> Result<Reply, Problem> {
    let caller = caller.0;
    let mut conn = app.pool.get().await?;
    // Closed since the token was issued.
    users::open(&mut conn, caller.id).await?.ok_or(kinds::UNAUTHENTICATED)?;
    let alive = sessions::alive(&mut conn, caller.id, app.now()).await?;
    let items = alive.into_iter().map(|session| SessionView {
        id: session.id,
        current: caller.session == Some(session.id),
        capacity: session.capacity,
        created_at: session.created_at,
        refreshed_at: session.replaced_at,
        expires_at: session.expires_at,
    });
    Ok(Reply::ok(&SessionList { items: items.collect(), current: caller.session }))
}
