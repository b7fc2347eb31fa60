//! When the time for an answer is over, the dossier moves on without it.

use chrono::TimeDelta;
use queue::{JobError, Run};

use crate::{
    app::App,
    changes::lapse_supplement::{LapseSupplement, lapse_supplement},
};

/// Between two looks at what is over by a clock that is not believed yet.
const LOOK: TimeDelta = TimeDelta::minutes(1);

/// Does so, once: done again, it finds nothing to do.
pub async fn run(app: &App, job: LapseSupplement, _: Run) -> Result<(), JobError> {
    let lapsed = app.pool.transaction(async |conn| lapse_supplement(app, conn, &job).await).await;
    match lapsed.map_err(|why| JobError::Retry(why.to_string()))? {
        None => Ok(()),
        Some(until) => {
            // Its time may be over by a clock that is not believed yet.
            let next_look = app.life.clock.steady() + LOOK;
            Err(JobError::NotYet("the papers are still waited for".into(), until.max(next_look)))
        }
    }
}
