//! Sends one message, until it is sent, refused or put off too often.

use queue::{Job, JobError};
use runtime::failpoint;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    app::App,
    domain::{
        delivery::{Next, after},
        message::State,
    },
    store::messages::{self, Attempt},
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
    let read = async |ids: &[Uuid]| messages::outgoing(&mut *app.pool.get().await?, ids).await;
    let message = app
        .wanted
        .ask(job.message_id, read)
        .await?
        .ok_or_else(|| JobError::GiveUp("there is no such message".into()))?;
    if matches!(message.state, State::Sent | State::Failed) {
        return Ok(());
    }
    let outcome = app.channels.send(&message).await;
    failpoint("notifications: sent, not noted");
    let (state, next) = after(message.state, &outcome, attempt >= SendMessage::ATTEMPTS);
    // What the other side said may hold an address; it stays in the table of attempts.
    let why = format!("{}; see message_attempts", outcome.as_str());
    let attempt = Attempt { message: message.id, ended_at: app.life.clock.now(), outcome, state };
    let record = async |attempts: &[Attempt]| {
        messages::record(&mut *app.pool.get().await?, attempts).await?;
        Ok(vec![(); attempts.len()])
    };
    app.attempts.ask(attempt, record).await?;
    match next {
        Next::Done => Ok(()),
        Next::Again => Err(JobError::Retry(why)),
        Next::Stop => Err(JobError::GiveUp(why)),
    }
}
