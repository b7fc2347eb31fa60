//! Asks a provider what became of an attempt, until it is known or a person must look.

use chrono::{DateTime, Utc};
use queue::{Job, JobError, Run};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    app::App,
    domain::{
        asking,
        provider::Channel,
        report::{Report, Verdict},
        status::News,
    },
    providers::{Answer, Question},
    store::{
        attempts::{self, Attempt},
        callbacks::Told,
        settlement,
    },
};

/// The question to ask.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct AskProvider {
    /// About which attempt.
    pub attempt_id: Uuid,
}

impl Job for AskProvider {
    const KIND: &'static str = "ask_provider";
}

/// Asks once. The provider's word goes the same way as if it had notified us.
pub async fn run(app: &App, job: AskProvider, run: Run) -> Result<(), JobError> {
    let attempt = attempts::find(&mut *app.pool.get().await?, job.attempt_id).await?;
    let Some(attempt) = attempt.filter(|attempt| attempt.status().is_open()) else {
        return Ok(());
    };
    let question = Question { reference: attempt.reference.clone(), created_at: attempt.created_at };
    let answer = app.provider(attempt.provider()).ask(&question).await;
    match &answer {
        Ok(_) => app.questions.works(),
        Err(why) => app.questions.fails(&why.to_string()),
    }
    let doubt = match answer {
        Ok(Answer::Told(report, raw)) => hear(app, &attempt, &report, &raw).await?,
        Ok(Answer::NotFinished) if attempt.expires_at <= app.now() => {
            note(app, &attempt, News::NotPaidInTime).await?;
            None
        }
        Ok(Answer::NotFinished) => {
            let (why, at) = again(app, &attempt, run, "the payer has not finished".into())?;
            return Err(JobError::NotYet(why, at));
        }
        Err(why) => Some(why.to_string()),
    };
    match doubt {
        None => Ok(()),
        Some(why) => {
            note(app, &attempt, News::NoAnswer).await?;
            let (why, at) = again(app, &attempt, run, why)?;
            Err(JobError::RetryAt(why, at))
        }
    }
}

/// What is still in doubt after the provider's word was heard.
async fn hear(app: &App, attempt: &Attempt, report: &Report, raw: &str) -> Result<Option<String>, pg::Error> {
    let told = Told { provider: attempt.provider(), channel: Channel::Query, raw };
    let verdict = app.pool.transaction(async |conn| settlement::hear(conn, app, told, report).await).await?;
    let known = matches!(verdict, Verdict::Accepted | Verdict::Already | Verdict::Stale);
    Ok((!known).then(|| format!("its answer is {}", verdict.as_str())))
}

async fn note(app: &App, attempt: &Attempt, news: News<'_>) -> Result<(), pg::Error> {
    app.pool.transaction(async |conn| settlement::note(conn, app, attempt, news).await).await
}

/// When to ask again. Whoever has a question that was given up put back gives it as much time as a new one has.
fn again(app: &App, attempt: &Attempt, run: Run, why: String) -> Result<(String, DateTime<Utc>), JobError> {
    match asking::next(attempt.created_at.max(run.since), run.number, app.now()) {
        Some(at) => Ok((why, at)),
        None => {
            tracing::error!(attempt = %attempt.id, why, "a person must find out what became of a payment");
            Err(JobError::GiveUp(why))
        }
    }
}
