//! Asks a provider what became of an attempt, until it is known or a person must look.

use chrono::{DateTime, Utc};
use queue::{JobError, Run};

use crate::{
    app::App,
    changes::{
        ask_later::AskProvider,
        ask_now::{Heard, ask_now},
        settle,
    },
    domain::{asking, attempt::AttemptEvent},
    store::attempts::{self, Attempt},
};

/// Asks once, and again later while it is not known.
pub async fn run(app: &App, job: AskProvider, run: Run) -> Result<(), JobError> {
    let attempt = attempts::find(&*app.pool.get().await?, job.attempt_id).await?;
    let Some(attempt) = attempt.filter(|attempt| attempt.status.is_asked_about()) else {
        return Ok(());
    };
    let heard = match app.providers.ask(attempt.provider) {
        Some(provider) => ask_now(app, provider, &attempt).await?,
        // Whoever answers no questions has nothing to say before we are notified.
        None => Heard::NotFinished,
    };
    match heard {
        Heard::Known => Ok(()),
        Heard::NotFinished => not_finished(app, &attempt, run).await,
        Heard::Doubt(why) => {
            note(app, &attempt, AttemptEvent::NoAnswer).await?;
            let (why, at) = again(app, &attempt, run, why)?;
            Err(JobError::RetryAt(why, at))
        }
    }
}

/// The payer may try again once the time of her attempt is over, by the cautious clock: what ends is not begun again. It is still asked about: a payment of its last second shows at the
/// provider later.
async fn not_finished(app: &App, attempt: &Attempt, run: Run) -> Result<(), JobError> {
    if attempt.status.is_open() && attempt.expires_at <= app.life.clock.cautious() {
        note(app, attempt, AttemptEvent::NotPaidInTime).await?;
    }
    match next(app, attempt, run) {
        Some(at) => Err(JobError::NotYet("the payer has not finished".into(), at)),
        None => Ok(()),
    }
}

async fn note(app: &App, attempt: &Attempt, event: AttemptEvent<'_>) -> Result<(), pg::Error> {
    app.pool.transaction(async |conn| settle::note(conn, app, attempt, event).await).await
}

/// When to ask again, if at all. Whoever has a question that was given up put back gives it as much time as a new one has.
fn next(app: &App, attempt: &Attempt, run: Run) -> Option<DateTime<Utc>> {
    let (by, now) = (app.life.clock.cautious(), app.life.clock.steady());
    asking::next(attempt.created_at.max(run.since), run.number, by).map(|at| now + (at - by))
}

fn again(app: &App, attempt: &Attempt, run: Run, why: String) -> Result<(String, DateTime<Utc>), JobError> {
    match next(app, attempt, run) {
        Some(at) => Ok((why, at)),
        None => {
            tracing::error!(attempt = %attempt.id, why, "a person must find out what became of a payment");
            Err(JobError::GiveUp(why))
        }
    }
}
