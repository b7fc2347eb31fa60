//! When the time for an agency's opinion is over, it is reminded, once.

use queue::{JobError, Run};

use crate::{
    app::App,
    changes::remind_consultation::{RemindConsultation, remind_consultation},
};

/// Does so. The job ends in the transaction that tells it.
pub async fn run(app: &App, job: RemindConsultation, _: Run) -> Result<(), JobError> {
    let reminded = app.pool.transaction(async |conn| remind_consultation(app, conn, &job).await).await;
    match reminded.map_err(|why| JobError::Retry(why.to_string()))? {
        None => Ok(()),
        Some(until) => Err(JobError::NotYet("the opinion is still waited for".into(), until)),
    }
}
