//! Removes what somebody typed to register: a job of the version before. Now all such is forgotten hourly.

use queue::{Job, JobError, Run};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{app::App, store::registrations};

/// Forget this registration.
#[derive(Serialize, Deserialize)]
pub struct ForgetRegistration {
    registration_id: Uuid,
}

impl Job for ForgetRegistration {
    const KIND: &'static str = "forget_registration";
}

/// Does it; doing it twice is harmless.
pub async fn run(app: &App, job: ForgetRegistration, _: Run) -> Result<(), JobError> {
    let mut conn = app.pool.get().await?;
    registrations::forget(&mut conn, job.registration_id).await?;
    Ok(())
}
