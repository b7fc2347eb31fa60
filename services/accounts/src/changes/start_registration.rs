//! Somebody asks for an account: what was typed is kept, and a code is sent.

use chrono::{DateTime, TimeDelta, Utc};
use civic::{
    Secret,
    events::{AccountNotice, RegistrationStarted},
};
use diesel_async::AsyncPgConnection;
use edge::{Origin, Problem};
use queue::Job;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::notice::noticed;
use crate::{
    app::App,
    domain::{
        confirmation_code::{self, DIGITS, LIFE, mailbox, may_be_sent},
        registration::Registration,
    },
    store::{
        registrations::{self, Pending},
        sign_in_failures::Who,
        users,
    },
};

/// What was typed is kept for this long after its code expired: long enough to answer a person who asks for help, too short to
/// hoard citizen numbers.
const FORGOTTEN_AFTER: TimeDelta = TimeDelta::days(1);

/// Forget this registration: the job that comes with it.
#[derive(Serialize, Deserialize)]
pub struct ForgetRegistration {
    pub registration_id: Uuid,
}

impl Job for ForgetRegistration {
    const KIND: &'static str = "forget_registration";
}

/// Keeps a registration until it is confirmed, or a day after its code expired. To somebody who has an account, or was sent
/// codes enough, no code is sent; but whose address or citizen number it is, is written to at the address of her account, so that
/// she has a way on if it was she, and knows if it was not.
///
/// # Errors
/// When the database does not answer.
pub async fn start_registration(
    app: &App,
    conn: &mut AsyncPgConnection,
    registration: &Registration,
    password_hash: String,
    origin: Origin,
    now: DateTime<Utc>,
) -> Result<Pending, Problem> {
    let (id, code) = (app.life.new_id(), app.life.random.digits(DIGITS));
    let (email, citizen_number) = (registration.email.as_str(), registration.citizen_number.as_str());
    let asked_by = Who::Origin(&origin.to_string()).at(&mailbox(email));
    let owners = users::known(conn, email, citizen_number).await?;
    let (by_one, by_all) = registrations::codes_lately(conn, email, &asked_by, now).await?;
    let silent = !owners.is_empty() || !may_be_sent(by_one, by_all);
    if !owners.is_empty() && !registrations::refused_lately(conn, email, citizen_number, now).await? {
        for owner in &owners {
            app.outbox.put(conn, &noticed(owner, AccountNotice::AlreadyKnown, now)).await?;
        }
    }
    let pending = Pending {
        id,
        name: registration.name.clone(),
        email: registration.email.clone(),
        phone: registration.phone.clone(),
        citizen_number: registration.citizen_number.clone(),
        birth_date: registration.birth_date,
        gender: registration.gender,
        language: registration.language,
        password_hash,
        code_hash: (!silent).then(|| confirmation_code::digest(id, &code)),
        created_at: now,
        expires_at: now + LIFE,
        confirmed_at: None,
        mailbox: Some(mailbox(email)),
        asked_by: Some(asked_by),
    };
    registrations::insert(conn, &pending).await?;
    let forget = ForgetRegistration { registration_id: id };
    queue::enqueue(conn, &app.life, &forget, pending.expires_at + FORGOTTEN_AFTER).await?;
    if !silent {
        let started = RegistrationStarted {
            registration_id: id,
            email: registration.email.clone(),
            name: registration.name.clone(),
            code: Secret::new(code),
            expires_at: pending.expires_at,
            language: registration.language,
        };
        app.outbox.put(conn, &started).await?;
    }
    Ok(pending)
}
