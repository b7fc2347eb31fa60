//! Issues the receipt of a payment, once its payer's name is known.

use chrono::TimeDelta;
use queue::{JobError, Run};

use crate::{
    app::App,
    changes::issue_receipt::{IssueReceipt, issue},
    domain::attempt::AttemptStatus,
    store::attempts,
};

/// How long accounts is waited for before it is asked for again.
const AGAIN: TimeDelta = TimeDelta::seconds(30);

/// Issues it.
pub async fn run(app: &App, job: IssueReceipt, _: Run) -> Result<(), JobError> {
    let attempt = attempts::find(&*app.pool.get().await?, job.attempt_id).await?;
    // What was taken back since needs none.
    if attempt.is_none_or(|attempt| attempt.status != AttemptStatus::Settled) {
        return Ok(());
    }
    let receipt = app.pool.transaction(async |conn| issue(conn, app, job.attempt_id).await).await?;
    match receipt {
        Some(_) => Ok(()),
        None => Err(JobError::NotYet("the payer's name is not known yet".into(), app.life.clock.steady() + AGAIN)),
    }
}
