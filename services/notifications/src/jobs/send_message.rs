//! Sends one message, until it is sent, refused or put off for too long.

use queue::{JobError, Run};
use runtime::failpoint;

use crate::{
    app::App,
    changes::{note_attempt::note_attempt, write_messages::SendMessage},
    domain::{
        delivery::{Next, Outcome},
        message::State,
    },
};

/// Tries once.
pub async fn run(app: &App, job: SendMessage, run: Run) -> Result<(), JobError> {
    let message = app
        .deliveries
        .outgoing(job.message_id)
        .await?
        .ok_or_else(|| JobError::GiveUp("there is no such message".into()))?;
    if matches!(message.state, State::Sent | State::Failed) {
        return Ok(());
    }
    let outcome = match &message.words {
        Some(words) => app.channels.send(&message, words).await,
        None => Outcome::Refused("what it says is forgotten".into()),
    };
    failpoint("notifications: sent, not noted");
    // What the other side said may hold an address; it stays in the table of attempts.
    let why = format!("{}; see message_attempts", outcome.as_str());
    match note_attempt(app, &message, outcome, run.is_last).await {
        Next::Done => Ok(()),
        Next::Again => Err(JobError::Retry(why)),
        Next::Stop => Err(JobError::GiveUp(why)),
    }
}
