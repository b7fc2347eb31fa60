//! Sends the code for a new password, if the address is an account's.

use queue::{JobError, Run};

use crate::{
    app::App,
    changes::{self, SendResetCode},
};

/// Does it; doing it twice sends one code.
pub async fn run(app: &App, job: SendResetCode, _: Run) -> Result<(), JobError> {
    let signer = app.keys.signer(&app.pool).await?;
    Ok(changes::send_reset_code(app, job.confirmation_id, signer.code_key()).await?)
}
