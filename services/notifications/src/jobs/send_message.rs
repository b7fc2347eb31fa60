//! Sends one message, until it is sent, refused or put off for too long.

use std::time::Duration;

use queue::{Job, JobError, Run};
use runtime::failpoint;
use serde::{Deserialize, Serialize};
use tokio::time::sleep;
use uuid::Uuid;

use crate::{
    app::App,
    domain::{
        delivery::{Next, after},
        message::State,
    },
    store::messages::{self, Attempt},
};

/// Between two tries to note what became of a message.
const PAUSE: Duration = Duration::from_millis(100);

/// Send this message.
#[derive(Serialize, Deserialize)]
pub struct SendMessage {
    pub message_id: Uuid,
}

impl Job for SendMessage {
    const KIND: &'static str = "send_message";
}

pub async fn run(app: &App, job: SendMessage, run: Run) -> Result<(), JobError> {
    let read = async |ids: &[Uuid]| messages::outgoing(&mut *app.pool.get().await?, ids).await;
    let message = app
        .wanted
        .load(job.message_id, read)
        .await?
        .ok_or_else(|| JobError::GiveUp("there is no such message".into()))?;
    if matches!(message.state, State::Sent | State::Failed) {
        return Ok(());
    }
    let outcome = app.channels.send(&message).await;
    failpoint("notifications: sent, not noted");
    let (state, next) = after(message.state, &outcome, run.is_last);
    // What the other side said may hold an address; it stays in the table of attempts.
    let why = format!("{}; see message_attempts", outcome.as_str());
    let attempt = Attempt { message: message.id, ended_at: app.life.clock.now(), outcome, state };
    note(app, &attempt).await;
    match next {
        Next::Done => Ok(()),
        Next::Again => Err(JobError::Retry(why)),
        Next::Stop => Err(JobError::GiveUp(why)),
    }
}

/// Until it is noted, or the job is cut off: what went out and is not noted goes out again.
async fn note(app: &App, attempt: &Attempt) {
    let record = async |attempts: &[Attempt]| {
        messages::record(&mut *app.pool.get().await?, attempts).await?;
        Ok(vec![(); attempts.len()])
    };
    let mut is_told = false;
    while let Err(why) = app.attempts.load(attempt.clone(), record).await {
        if !is_told {
            tracing::warn!(message = %attempt.message, %why, "what became of a message cannot be noted yet");
            is_told = true;
        }
        sleep(PAUSE).await;
    }
}
