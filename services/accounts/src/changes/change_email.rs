//! Somebody who showed her password wants another e-mail address: a code goes there, and the address is hers once she shows it.

use chrono::{DateTime, Utc};
use civic::{
    Email, Secret,
    events::{AccountNotice, ConfirmationPurpose, ConfirmationStarted},
};
use edge::{Caller, Problem, audit};
use uuid::Uuid;

use super::{
    bound_codes::bound_unconfirmed,
    notice::{noticed, tell_contact},
};
use crate::{
    app::App,
    domain::confirmation_code::{CodeKey, DIGITS, LIFE, Purpose, UNCONFIRMED_ADDRESSES, mailbox, may_be_sent},
    error,
    store::{
        confirmations::{self, Confirmation},
        sign_in_failures::Who,
        users::{self, User},
    },
};

/// Sends a code to the address that `user` wants, unless it is an account's already, or was sent codes enough.
///
/// # Errors
/// [`error::CODES_PAUSED`] when she wants so many already.
pub async fn start_email_change(
    app: &App,
    user: &User,
    email: Email,
    key: &CodeKey,
    now: DateTime<Utc>,
) -> Result<Confirmation, Problem> {
    app.pool
        .transaction(async |conn| {
            let (id, code) = (app.life.new_id(), app.life.random.digits(DIGITS));
            let account = Who::Account(user.id.as_bytes()).at("");
            bound_unconfirmed(conn, &account, UNCONFIRMED_ADDRESSES, now).await?;
            let asked_by = Who::Account(user.id.as_bytes()).at(&mailbox(email.as_str()));
            let (by_one, by_all) =
                confirmations::lately(conn, Purpose::EmailChange, email.as_str(), &asked_by, now).await?;
            let owner = users::by_email(conn, email.as_str()).await?;
            let told = confirmations::refused_lately(conn, email.as_str(), now).await?;
            let wanted = owner.is_none() && may_be_sent(by_one, by_all);
            let confirmation = Confirmation {
                id,
                purpose: Purpose::EmailChange,
                user_id: Some(user.id),
                mailbox: mailbox(email.as_str()),
                email,
                asked_by,
                code_hash: wanted.then(|| key.digest(id, &code)),
                created_at: now,
                expires_at: now + LIFE,
                confirmed_at: None,
                origin: Some(account),
            };
            confirmations::insert(conn, &confirmation).await?;
            if wanted {
                app.outbox.put(conn, &started(user, &confirmation, code)).await?;
            } else if let Some((owner, _)) = owner.filter(|(owner, _)| owner.id != user.id && !told) {
                app.outbox.put(conn, &noticed(&owner, AccountNotice::AlreadyKnown, now)).await?;
            }
            Ok(confirmation)
        })
        .await
}

fn started(user: &User, confirmation: &Confirmation, code: String) -> ConfirmationStarted {
    ConfirmationStarted {
        confirmation_id: confirmation.id,
        purpose: ConfirmationPurpose::EmailChange,
        email: confirmation.email.clone(),
        name: user.name.clone(),
        code: Secret::new(code),
        expires_at: confirmation.expires_at,
        language: user.language,
    }
}

/// Gives the caller's account the address of confirmation `id`, whose code was right. The one before is written to.
///
/// # Errors
/// [`error::EMAIL_CHANGE_OVER`] when it was confirmed before, or somebody else has the address since.
pub async fn change_email(app: &App, caller: &Caller, id: Uuid, now: DateTime<Utc>) -> Result<(), Problem> {
    let changed = app.pool.transaction(async |conn| {
        let pending = confirmations::locked(conn, id).await?.filter(|it| it.confirmed_at.is_none());
        let email = pending.ok_or(error::EMAIL_CHANGE_OVER)?.email;
        let (mut user, _) = users::locked(conn, caller.id).await?.ok_or(error::EMAIL_CHANGE_OVER)?;
        if users::by_email(conn, email.as_str()).await?.is_some_and(|(owner, _)| owner.id != user.id) {
            return Err(error::EMAIL_CHANGE_OVER.into());
        }
        confirmations::confirm(conn, id, now).await?;
        app.outbox.put(conn, &noticed(&user, AccountNotice::EmailChanged, now)).await?;
        users::set_email(conn, user.id, &email).await?;
        user.email = email;
        let entry = audit::AuditEntry {
            actor: Some(caller),
            action: "email.changed",
            subject_type: "account",
            subject_id: user.id.to_string(),
            detail: serde_json::json!({ "confirmation_id": id }),
        };
        audit::record(conn, &app.life, entry).await?;
        tell_contact(app, conn, &user, now).await?;
        Ok(())
    });
    changed.await
}
