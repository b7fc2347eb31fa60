//! Passwords in requests: the old one proven, the new one good enough.

use chrono::{DateTime, Utc};
use edge::{Caller, Problem, SecurityEvent, Subject, kinds};

use crate::{
    app::App,
    changes,
    domain::{
        password::{Owner, weakness},
        registration::password_fault,
    },
    error,
    store::users::{self, User},
};

/// Somebody who showed her password.
pub struct Proven {
    pub user: User,
    /// The PHC string that it fits.
    pub phc: String,
}

/// The caller, if `password` is hers. What a stolen session may guess is counted by itself, before it is compared.
///
/// # Errors
/// 401 when the account was closed since; [`error::PASSWORD_WRONG`], [`error::SIGN_IN_PAUSED`], [`error::SIGN_IN_BUSY`].
pub async fn prove(app: &App, caller: &Caller, password: String, now: DateTime<Utc>) -> Result<Proven, Problem> {
    let found = users::with_password(&mut *app.pool.get().await?, caller.id).await?;
    let (user, phc) = found.ok_or(kinds::UNAUTHENTICATED)?;
    let attempt = changes::charge_proof(app, user.email.as_str(), caller.session.unwrap_or(caller.id), now).await?;
    match app.passwords.verify(password, phc.clone()).await {
        Ok(true) => {
            changes::forget_attempt(app, &attempt).await?;
            Ok(Proven { user, phc })
        }
        Ok(false) => {
            let wrong = Problem::from(error::PASSWORD_WRONG);
            Err(wrong.refused_as(SecurityEvent::SignInRefused, Some(Subject::account(user.id))))
        }
        Err(busy) => {
            changes::give_back_sign_in(app, &attempt, now).await?;
            Err(busy)
        }
    }
}

/// Refuses a password that nobody may have.
///
/// # Errors
/// 400 naming the field.
pub fn check_for_anybody(password: &str) -> Result<(), Problem> {
    refused(password, &Owner::default())
}

/// Refuses a password that `user` may not have.
///
/// # Errors
/// 400 naming the field.
pub fn check(password: &str, user: &User) -> Result<(), Problem> {
    let phone = user.phone.as_ref().map(|phone| phone.as_str());
    let owner = Owner {
        name: user.name.as_str(),
        email: user.email.as_str(),
        phone,
        citizen_number: user.citizen_number.as_ref().map(|number| number.as_str()),
        birth_date: user.born().and_then(|date| date.full()),
    };
    refused(password, &owner)
}

fn refused(password: &str, owner: &Owner<'_>) -> Result<(), Problem> {
    let Some(weakness) = weakness(password, owner) else { return Ok(()) };
    let fault = password_fault(weakness);
    Err(Problem::from(kinds::INVALID).field(fault.pointer, fault.code, fault.text))
}
