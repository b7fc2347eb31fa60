//! Asks a provider what became of an attempt, until it is known or a person must look.

use chrono::{DateTime, Utc};
use queue::{JobError, Run};

use crate::{
    app::App,
    changes::{ask_later::AskProvider, settle},
    domain::{
        asking,
        attempt::AttemptEvent,
        provider::Channel,
        report::{Report, Verdict},
    },
    providers::{NoAnswer, Query, QueryOutcome},
    store::{
        attempts::{self, Attempt},
        callbacks::Callback,
    },
};

/// Asks once. The provider's word goes the same way as if it had notified us.
pub async fn run(app: &App, job: AskProvider, run: Run) -> Result<(), JobError> {
    let attempt = attempts::find(&mut *app.pool.get().await?, job.attempt_id).await?;
    let Some(attempt) = attempt.filter(|attempt| attempt.status.is_asked_about()) else {
        return Ok(());
    };
    let answer = ask(app, &attempt).await;
    let doubt = match answer {
        Ok(QueryOutcome::Reported(report, raw)) => hear(app, &attempt, &report, &raw).await?,
        Ok(QueryOutcome::NotFinished) => return not_finished(app, &attempt, run).await,
        Err(why) => Some(why.to_string()),
    };
    match doubt {
        None => Ok(()),
        Some(why) => {
            note(app, &attempt, AttemptEvent::NoAnswer).await?;
            let (why, at) = again(app, &attempt, run, why)?;
            Err(JobError::RetryAt(why, at))
        }
    }
}

/// What the provider says. One that answers no questions has nothing to say before it notifies us.
async fn ask(app: &App, attempt: &Attempt) -> Result<QueryOutcome, NoAnswer> {
    let Some(provider) = app.providers.ask(attempt.provider) else { return Ok(QueryOutcome::NotFinished) };
    let Attempt { reference, created_at, amount, .. } = attempt.clone();
    let answer = provider.ask(&Query { reference, created_at, amount }).await;
    match &answer {
        Ok(_) => app.questions.works(),
        Err(why) => app.questions.fails(&why.to_string()),
    }
    answer
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

/// What is still in doubt after the provider's word was heard.
async fn hear(app: &App, attempt: &Attempt, report: &Report, raw: &str) -> Result<Option<String>, pg::Error> {
    let callback = Callback { provider: attempt.provider, channel: Channel::Query, raw, signed: &report.signed };
    let verdict = app.pool.transaction(async |conn| settle::hear(conn, app, callback, report).await).await?;
    let known = matches!(verdict, Verdict::Accepted | Verdict::Already | Verdict::Stale);
    Ok((!known).then(|| format!("its answer is {verdict}")))
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
