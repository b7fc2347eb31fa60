//! The provider is asked later what became of an attempt.

use diesel_async::AsyncPgConnection;
use queue::Job;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{app::App, domain::asking, store::attempts::Attempt};

/// The question to ask. `jobs/ask_provider.rs` asks it.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct AskProvider {
    /// About which attempt.
    pub attempt_id: Uuid,
}

impl Job for AskProvider {
    const KIND: &'static str = "ask_provider";
}

/// Has the first question asked, [`asking::FIRST`] after the attempt began.
pub async fn ask_later(conn: &mut AsyncPgConnection, app: &App, attempt: &Attempt) -> Result<(), pg::Error> {
    let job = AskProvider { attempt_id: attempt.id };
    queue::enqueue(conn, &app.life, &job, attempt.created_at + asking::FIRST).await?;
    Ok(())
}
