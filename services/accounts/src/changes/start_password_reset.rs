//! Somebody has forgotten a password: a code is sent to the address, if it is an account's.

use chrono::{DateTime, Utc};
use civic::{
    Email, Secret,
    events::{ConfirmationPurpose, ConfirmationStarted},
};
use edge::Origin;
use queue::Job;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    app::App,
    domain::{
        confirmation_code::{CodeKey, DIGITS, LIFE, Purpose, mailbox, may_be_sent},
        device::Device,
    },
    store::{
        confirmations::{self, Confirmation},
        known_devices,
        sign_in_failures::Who,
        users,
    },
};

/// Send the code, if the address is an account's: the job that comes with it. Done later, so that it takes as long either way.
#[derive(Serialize, Deserialize)]
pub struct SendResetCode {
    pub confirmation_id: Uuid,
}

impl Job for SendResetCode {
    const KIND: &'static str = "send_reset_code";
}

/// Writes down that a code is wanted. Nothing here depends on whose address it is.
///
/// # Errors
/// When the database does not answer.
pub async fn start_password_reset(
    app: &App,
    email: Email,
    device: Option<&Device>,
    origin: Origin,
    now: DateTime<Utc>,
) -> Result<Confirmation, pg::Error> {
    app.pool
        .transaction(async |conn| {
            let known = match device {
                Some(device) => known_devices::knows(conn, device, email.as_str(), now).await?.then(|| device.digest()),
                None => None,
            };
            let mailbox = mailbox(email.as_str());
            let asked_by = match &known {
                Some(device) => Who::Device(device).at(&mailbox),
                None => Who::Origin(&origin.to_string()).at(&mailbox),
            };
            let (by_one, by_all) =
                confirmations::lately(conn, Purpose::PasswordReset, email.as_str(), &asked_by, now).await?;
            // A device that the account knows is not kept waiting by what strangers asked for.
            let wanted = may_be_sent(by_one, if known.is_some() { 0 } else { by_all });
            let confirmation = Confirmation {
                id: app.life.new_id(),
                purpose: Purpose::PasswordReset,
                user_id: None,
                mailbox,
                email: email.clone(),
                asked_by,
                code_hash: None,
                created_at: now,
                expires_at: now + LIFE,
                confirmed_at: None,
                origin: None,
            };
            confirmations::insert(conn, &confirmation).await?;
            if wanted {
                let send = SendResetCode { confirmation_id: confirmation.id };
                queue::enqueue(conn, &app.life, &send, now).await?;
            }
            Ok(confirmation)
        })
        .await
}

/// Sends the code of a reset, unless nobody has the address, or it was sent before.
///
/// # Errors
/// When the database does not answer.
pub async fn send_reset_code(app: &App, id: Uuid, key: &CodeKey) -> Result<(), pg::Error> {
    app.pool
        .transaction(async |conn| {
            let wanted = confirmations::locked(conn, id).await?.filter(|it| it.code_hash.is_none());
            let Some(wanted) = wanted else { return Ok(()) };
            let Some((user, _)) = users::by_email(conn, wanted.email.as_str()).await? else { return Ok(()) };
            let code = app.life.random.digits(DIGITS);
            confirmations::sent(conn, id, user.id, &key.digest(id, &code)).await?;
            let started = ConfirmationStarted {
                confirmation_id: id,
                purpose: ConfirmationPurpose::PasswordReset,
                email: user.email,
                name: user.name,
                code: Secret::new(code),
                expires_at: wanted.expires_at,
                language: user.language,
            };
            app.outbox.put(conn, &started).await?;
            Ok(())
        })
        .await
}
