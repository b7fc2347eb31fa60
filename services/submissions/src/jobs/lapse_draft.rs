//! When the time to confirm a draft is over, silence is consent.

use chrono::TimeDelta;
use queue::{JobError, Run};

use crate::{
    app::App,
    changes::lapse_draft::{LapseDraft, lapse_draft},
};

/// Between two looks at what is over by a clock that is not believed yet.
const LOOK: TimeDelta = TimeDelta::minutes(1);

/// Does so, once: done again, it finds nothing to do.
pub async fn run(app: &App, job: LapseDraft, _: Run) -> Result<(), JobError> {
    let lapsed = app.pool.transaction(async |conn| lapse_draft(app, conn, &job).await).await;
    match lapsed.map_err(|why| JobError::Retry(why.to_string()))? {
        None => Ok(()),
        Some(until) => {
            Err(JobError::NotYet("the draft is still waited for".into(), until.max(app.life.clock.steady() + LOOK)))
        }
    }
}
