//! Somebody asks for an account: what was typed is kept, and a code is sent.

use chrono::{DateTime, Utc};
use civic::{
    Secret,
    events::{AccountNotice, RegistrationStarted},
};
use diesel_async::AsyncPgConnection;
use edge::{Origin, Problem};

use super::{bound_codes::bound_unconfirmed, notice::noticed};
use crate::{
    app::App,
    domain::{
        confirmation_code::{CodeKey, DIGITS, LIFE, Purpose, UNCONFIRMED, mailbox, may_be_sent},
        registration::Registration,
    },
    store::{
        confirmations::{self, Confirmation},
        registrations::{self, Pending},
        sign_in_failures::Who,
        users::{self, User},
    },
};

/// Who asks, beside what was typed.
pub struct Asking<'a> {
    pub password_hash: String,
    pub origin: Origin,
    /// What the code is kept under.
    pub key: &'a CodeKey,
}

/// Keeps a registration until it is confirmed, or a day after its code expired. To somebody who has an account, or was sent
/// codes enough, no code is sent; but whose address or citizen number it is, is written to at the address of her account, so that
/// she has a way on if it was she, and knows if it was not.
///
/// # Errors
/// [`crate::error::CODES_PAUSED`] when the network address has so many under way; when the database does not answer.
pub async fn start_registration(
    app: &App,
    conn: &mut AsyncPgConnection,
    registration: &Registration,
    asking: Asking<'_>,
    now: DateTime<Utc>,
) -> Result<Confirmation, Problem> {
    let (id, code) = (app.life.new_id(), app.life.random.digits(DIGITS));
    let email = registration.email.as_str();
    let who = asking.origin.to_string();
    let (origin, asked_by) = (Who::Origin(&who).at(""), Who::Origin(&who).at(&mailbox(email)));
    bound_unconfirmed(conn, &origin, UNCONFIRMED, now).await?;
    let owners = users::known(conn, email, registration.citizen_number.as_str()).await?;
    let (by_one, by_all) = confirmations::lately(conn, Purpose::Registration, email, &asked_by, now).await?;
    let silent = !owners.is_empty() || !may_be_sent(by_one, by_all);
    tell_owners(app, conn, registration, &owners, now).await?;
    let confirmation = Confirmation {
        id,
        purpose: Purpose::Registration,
        user_id: None,
        email: registration.email.clone(),
        mailbox: mailbox(email),
        asked_by,
        code_hash: (!silent).then(|| asking.key.digest(id, &code)),
        created_at: now,
        expires_at: now + LIFE,
        confirmed_at: None,
        origin: Some(origin),
    };
    confirmations::insert(conn, &confirmation).await?;
    let pending = typed(registration, &confirmation, asking.password_hash);
    registrations::insert(conn, &pending).await?;
    if !silent {
        app.outbox.put(conn, &started(&pending, code)).await?;
    }
    Ok(confirmation)
}

/// That a code goes to the address of a registration.
pub(super) fn started(pending: &Pending, code: String) -> RegistrationStarted {
    RegistrationStarted {
        registration_id: pending.id,
        email: pending.email.clone(),
        name: pending.name.clone(),
        code: Secret::new(code),
        expires_at: pending.expires_at,
        language: pending.language,
    }
}

/// Writes to whose address or citizen number it is; once an hour at most.
async fn tell_owners(
    app: &App,
    conn: &mut AsyncPgConnection,
    registration: &Registration,
    owners: &[User],
    now: DateTime<Utc>,
) -> Result<(), pg::Error> {
    let told = owners.is_empty()
        || confirmations::refused_lately(conn, registration.email.as_str(), now).await?
        || registrations::refused_lately(conn, &registration.citizen_number, now).await?;
    for owner in owners.iter().filter(|_| !told) {
        app.outbox.put(conn, &noticed(owner, AccountNotice::AlreadyKnown, now)).await?;
    }
    Ok(())
}

fn typed(registration: &Registration, confirmation: &Confirmation, password_hash: String) -> Pending {
    Pending {
        id: confirmation.id,
        name: registration.name.clone(),
        email: registration.email.clone(),
        phone: registration.phone.clone(),
        citizen_number: registration.citizen_number.clone(),
        birth_date: registration.birth_date.first(),
        birth_precision: registration.birth_date.precision(),
        gender: registration.gender,
        language: registration.language,
        password_hash,
        created_at: confirmation.created_at,
        expires_at: confirmation.expires_at,
        confirmed_at: None,
    }
}
