//! A registration is confirmed: the account exists.

use chrono::{DateTime, Utc};
use civic::events::AccountRegistered;
use diesel_async::AsyncPgConnection;
use edge::{CallerKind, Problem, audit};
use uuid::Uuid;

use crate::{
    app::App,
    error,
    store::{
        confirmations,
        registrations::{self, Pending},
        users::{self, User},
    },
};

/// Opens the account of registration `id`, whose code was right.
///
/// # Errors
/// [`error::REGISTRATION_OVER`] when it was confirmed before, or somebody else has the address or the citizen number since.
pub async fn confirm_registration(
    app: &App,
    conn: &mut AsyncPgConnection,
    id: Uuid,
    now: DateTime<Utc>,
) -> Result<Uuid, Problem> {
    let pending = registrations::locked(conn, id).await?.filter(|it| it.confirmed_at.is_none());
    let pending = pending.ok_or(error::REGISTRATION_OVER)?;
    let account_id = app.life.new_id();
    let registered = registered(account_id, &pending);
    confirmations::confirm(conn, id, now).await?;
    registrations::confirm(conn, id, now).await?;
    let password_hash = pending.password_hash.clone();
    if !users::add(conn, &citizen(account_id, pending, now), &password_hash).await? {
        // Somebody else confirmed the same address or citizen number since.
        return Err(error::REGISTRATION_OVER.into());
    }
    app.outbox.put(conn, &registered).await?;
    let entry = audit::AuditEntry {
        actor: None,
        action: "account.registered",
        subject_type: "account",
        subject_id: account_id.to_string(),
        detail: serde_json::json!({ "registration_id": id }),
    };
    audit::record(conn, &app.life, entry).await?;
    Ok(account_id)
}

fn registered(account_id: Uuid, pending: &Pending) -> AccountRegistered {
    AccountRegistered {
        account_id,
        name: pending.name.clone(),
        email: pending.email.clone(),
        phone: Some(pending.phone.clone()),
        language: pending.language,
    }
}

fn citizen(id: Uuid, pending: Pending, now: DateTime<Utc>) -> User {
    User {
        id,
        kind: CallerKind::Citizen,
        name: pending.name,
        email: pending.email,
        phone: Some(pending.phone),
        citizen_number: Some(pending.citizen_number),
        birth_date: Some(pending.birth_date),
        birth_precision: pending.birth_precision,
        gender: Some(pending.gender),
        language: pending.language,
        created_at: now,
        closed_at: None,
    }
}
