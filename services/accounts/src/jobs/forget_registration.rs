//! Removes what somebody typed to register, a day after it lost its use.

use chrono::TimeDelta;
use queue::{Job, JobError, Run};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{app::App, store::registrations};

/// Long enough to answer a person who asks for help, too short to hoard citizen numbers.
pub const AFTER: TimeDelta = TimeDelta::days(1);

/// Forget this registration.
#[derive(Serialize, Deserialize)]
pub struct ForgetRegistration {
    pub registration_id: Uuid,
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
