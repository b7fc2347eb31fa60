//! Compares the lines of a statement, so many in each transaction: whatever dies in between goes on where it was.

use queue::{JobError, Run};
use runtime::failpoint;

use crate::{
    app::App,
    changes::{
        compare_lines::{compare_some, end},
        load_statement::CompareStatement,
    },
    store::statements::{self, StatementState},
};

/// Transactions in one run, which must not last longer than a job may.
const A_RUN: usize = 8;

/// Compares some; comes again until all are.
pub async fn run(app: &App, job: CompareStatement, _: Run) -> Result<(), JobError> {
    let statement = statements::find(&mut *app.pool.get().await?, job.statement_id).await?;
    let Some(statement) = statement.filter(|it| it.state == StatementState::Comparing) else { return Ok(()) };
    let now = app.life.clock.steady();
    if statements::is_another_compared(&mut *app.pool.get().await?, &statement).await? {
        return Err(JobError::NotYet("an earlier statement of the account is compared".into(), now));
    }
    for _ in 0..A_RUN {
        let more = app.pool.transaction(async |conn| compare_some(conn, app, &statement).await).await?;
        failpoint("payments: some lines compared");
        if !more {
            return Ok(app.pool.transaction(async |conn| end(conn, app, &statement).await).await?);
        }
    }
    Err(JobError::NotYet("there are more lines".into(), now))
}
