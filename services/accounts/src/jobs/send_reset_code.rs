//! Sends the code for a new password, if the address is an account's.

use queue::{JobError, Run};

use crate::{
    app::App,
    changes::{self, SendResetCode},
};

/// Does it; doing it twice sends one code.
pub async fn run(app: &App, job: SendResetCode, _: Run) -> Result<(), JobError> {
    Ok(changes::send_reset_code(app, job.confirmation_id).await?)
}
