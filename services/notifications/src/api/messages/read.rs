//! Says which messages have been read.

use actix_web::{put, web};
use chrono::{DateTime, Utc};
use edge::{Json, Problem, Reply, SignedIn};
use serde::Deserialize;
use utoipa::ToSchema;

use super::list::recipient;
use crate::{app::App, store::messages};

/// How far the caller has read.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Reading {
    /// When the newest message was written that has been read.
    until: DateTime<Utc>,
}

/// Mark my messages as read
///
/// All that were written to the caller up to a moment. There is no way back.
#[utoipa::path(
    operation_id = "read_messages",
    tag = "messages",
    request_body(content = Reading, example = json!({"until": "2026-07-21T03:00:00Z"})),
    responses((status = 204, description = "They are marked")),
    security(("bearer" = []))
)]
#[put("/api/v1/messages/reading")]
pub async fn read_messages(
    app: web::Data<App>,
    SignedIn(caller): SignedIn,
    body: Json<Reading>,
) -> Result<Reply, Problem> {
    let now = app.life.clock.now();
    messages::read(&mut *app.pool.get().await?, recipient(caller), body.0.until, now).await?;
    Ok(Reply::no_content())
}
