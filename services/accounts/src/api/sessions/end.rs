//! Ending one of one's sessions.

use actix_web::{delete, web};
use edge::{Person, Problem, Reply, kinds};
use uuid::Uuid;

use crate::{app::App, changes, store::users};

edge::failures![kinds::FORBIDDEN, kinds::NOT_FOUND];

/// End a session
///
/// One of the person's own, by its id in the list. Its refresh token works no more, and within a second its access tokens open nothing.
/// One that has ended already stays so.
#[utoipa::path(
    operation_id = "end_session",
    tag = "sessions",
    params(("id" = Uuid, Path, description = "The session")),
    responses((status = 204, description = "It has ended"), Failures),
    security(("bearer" = []))
)]
#[delete("/api/v1/sessions/{id}")]
pub async fn end_session(app: web::Data<App>, caller: Person, id: web::Path<Uuid>) -> Result<Reply, Problem> {
    let caller = caller.0;
    // Closed since the token was issued.
    users::open(&mut *app.pool.get().await?, caller.id).await?.ok_or(kinds::UNAUTHENTICATED)?;
    changes::end_own_session(&app, &caller, id.into_inner()).await?;
    Ok(Reply::no_content())
}
