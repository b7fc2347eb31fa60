//! An attempt to send a message has ended: it is noted, with the state that it leaves the message in.

use std::time::Duration;

use tokio::time::sleep;

use crate::{
    app::App,
    domain::{
        delivery::{Next, Outcome, after},
        message::Outgoing,
    },
    store::messages::Attempt,
};

/// Between two tries to note what became of a message.
const PAUSE: Duration = Duration::from_millis(100);

/// Notes how an attempt to send `message` ended; gives what to do now. It comes back when it is noted, or the job is cut off:
/// what went out and is not noted goes out again.
pub async fn note_attempt(app: &App, message: &Outgoing, outcome: Outcome, is_last: bool) -> Next {
    let (state, next) = after(message.state, &outcome, is_last);
    let attempt =
        Attempt { id: app.life.new_id(), message: message.id, ended_at: app.life.clock.now(), outcome, state };
    let mut is_told = false;
    while let Err(why) = app.deliveries.record(attempt.clone()).await {
        if !is_told {
            tracing::warn!(message = %attempt.message, %why, "what became of a message cannot be noted yet");
            is_told = true;
        }
        sleep(PAUSE).await;
    }
    next
}
