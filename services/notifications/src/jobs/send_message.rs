//! Sends one message, until it is sent, refused or put off too often.

use queue::{Job, JobError};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    app::App,
    domain::{
        delivery::{Next, after},
        message::State,
    },
    store::messages,
};

/// Send this message.
#[derive(Serialize, Deserialize)]
pub struct SendMessage {
    pub message_id: Uuid,
}

impl Job for SendMessage {
    const KIND: &'static str = "send_message";
}

pub async fn run(app: &App, job: SendMessage, attempt: i32) -> Result<(), JobError> {
    let found = messages::outgoing(&mut *app.pool.get().await?, job.message_id).await?;
    let message = found.ok_or_else(|| JobError::GiveUp("there is no such message".into()))?;
    if matches!(message.state, State::Sent | State::Failed) {
        return Ok(());
    }
    let outcome = app.channels.send(&message).await;
    let (state, next) = after(message.state, &outcome, attempt >= SendMessage::ATTEMPTS);
    let now = app.life.clock.now();
    app.pool.transaction(async |conn| messages::record(conn, message.id, &outcome, state, now).await).await?;
    // What the other side said may hold an address; it stays in the table of attempts.
    match next {
        Next::Done => Ok(()),
        Next::Again => Err(JobError::Retry(format!("{}; see message_attempts", outcome.as_str()))),
        Next::Stop => Err(JobError::GiveUp(format!("{}; see message_attempts", outcome.as_str()))),
    }
}
