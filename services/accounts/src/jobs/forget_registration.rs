//! Removes what somebody typed to register, a day after it lost its use.

use queue::{JobError, Run};

use crate::{app::App, changes::ForgetRegistration, store::registrations};

/// Does it; doing it twice is harmless.
pub async fn run(app: &App, job: ForgetRegistration, _: Run) -> Result<(), JobError> {
    let mut conn = app.pool.get().await?;
    registrations::forget(&mut conn, job.registration_id).await?;
    Ok(())
}
