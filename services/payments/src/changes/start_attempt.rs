//! An attempt to pay an order is begun, and somebody will ask what became of it.

use std::time::Duration;

use chrono::{DateTime, Utc};
use civic::Vnd;
use diesel_async::AsyncPgConnection;
use edge::{
    Applicant, Caller, Problem,
    audit::{self, AuditEntry},
};
use serde_json::json;
use tokio::time::timeout;
use uuid::Uuid;

use super::{ask_later::ask_later, ask_now::ask_now};
use crate::{
    app::App,
    domain::{
        attempt::{AttemptStatus, expires_at},
        history::StepCause,
        order::refuses_attempts,
        provider::ProviderName,
    },
    error,
    store::{
        attempts::{self, Attempt},
        history::{self, Entry},
        orders::{self, Order},
    },
};

/// How long a payer waits for the provider's word on what she began before.
pub const PATIENCE: Duration = Duration::from_secs(3);

/// How an attempt is offered.
pub enum Offered {
    /// It was begun now.
    New,
    /// It was begun before, and is offered again: two ways to pay that are open at once are a fee that is paid twice.
    Again,
}

/// Asks what became of an attempt at this provider to pay an order of the applicant's, as [`hear_of`] does.
///
/// # Errors
/// When the database does not answer, or does not take the provider's word.
pub async fn hear_of_own(
    app: &App,
    applicant: &Applicant,
    order_id: Uuid,
    provider: ProviderName,
) -> Result<(), pg::Error> {
    let owed = orders::find_of(&mut *app.pool.get().await?, order_id, applicant.party).await?;
    if owed.is_some() { hear_of(app, order_id, provider).await } else { Ok(()) }
}

/// Asks what became of an attempt that would be offered again: what was given up at the provider cannot be paid there any more, and what
/// was paid must not be paid again. While the provider does not tell, it is offered as it is.
///
/// # Errors
/// When the database does not answer, or does not take the provider's word.
pub async fn hear_of(app: &App, order_id: Uuid, provider: ProviderName) -> Result<(), pg::Error> {
    let Some(way) = app.providers.ask(provider) else { return Ok(()) };
    let open = attempts::open_one(&mut *app.pool.get().await?, order_id, provider, app.now()).await?;
    match open {
        Some(open) => timeout(PATIENCE, ask_now(app, way, &open)).await.map_or(Ok(()), |heard| heard.map(drop)),
        None => Ok(()),
    }
}

/// Offers an attempt to pay all of an order that the applicant owes, as [`offer`] does.
///
/// # Errors
/// When she owes no such order, or it takes no attempt.
pub async fn start(
    conn: &mut AsyncPgConnection,
    app: &App,
    applicant: &Applicant,
    order_id: Uuid,
    provider: ProviderName,
) -> Result<(Order, Attempt, Offered), Problem> {
    let order = orders::lock_of(conn, order_id, applicant.party).await?.ok_or_else(|| error::no_order(order_id))?;
    let (attempt, offered) = offer(conn, app, Some(&applicant.caller), &order, provider).await?;
    Ok((order, attempt, offered))
}

/// Begins an attempt to pay all of an order that is held, unless one at this provider may still be paid, whoever began it.
///
/// # Errors
/// When the order takes no attempt.
pub async fn offer(
    conn: &mut AsyncPgConnection,
    app: &App,
    by: Option<&Caller>,
    order: &Order,
    provider: ProviderName,
) -> Result<(Attempt, Offered), Problem> {
    refuse(order, app.now())?;
    if let Some(open) = attempts::open_one(conn, order.id, provider, app.now()).await? {
        // What is shown at the provider's page then is the sum of several orders.
        return if open.joint_payment_id.is_some() {
            Err(error::PAID_TOGETHER.into())
        } else {
            Ok((open, Offered::Again))
        };
    }
    let attempt = begin(conn, app, by, order, provider).await?;
    ask_later(conn, app, &attempt).await?;
    Ok((attempt, Offered::New))
}

/// Refuses when an order takes no attempt now.
///
/// # Errors
/// As it says.
pub fn refuse(order: &Order, now: DateTime<Utc>) -> Result<(), Problem> {
    match refuses_attempts(order.status, order.due_at, now) {
        Some(refusal) => Err(error::of_refusal(refusal).into()),
        None => Ok(()),
    }
}

/// An attempt to pay all of an order that is held begins, by whoever does it.
pub async fn begin(
    conn: &mut AsyncPgConnection,
    app: &App,
    by: Option<&Caller>,
    order: &Order,
    provider: ProviderName,
) -> Result<Attempt, pg::Error> {
    let expires_at = expiry(app, order, provider);
    begin_until(conn, app, by, order, BegunAttempt { provider, expires_at, part: None }).await
}

/// What is to be paid of an order, all at once: what an attempt to pay it is over.
pub const fn left(order: &Order) -> Vnd {
    order.total
}

/// Until when an attempt at a provider may be paid that begins now.
pub fn expiry(app: &App, order: &Order, provider: ProviderName) -> DateTime<Utc> {
    expires_at(order.due_at, app.now(), provider.payment_time().unwrap_or(app.payment_time))
}

/// An attempt that begins.
pub struct BegunAttempt {
    pub provider: ProviderName,
    pub expires_at: DateTime<Utc>,
    /// Of which joint payment it is which part, if it is.
    pub part: Option<(Uuid, i16)>,
}

/// An attempt to pay all of an order that is held begins, to be paid until a moment.
pub async fn begin_until(
    conn: &mut AsyncPgConnection,
    app: &App,
    by: Option<&Caller>,
    order: &Order,
    begun: BegunAttempt,
) -> Result<Attempt, pg::Error> {
    let BegunAttempt { provider, expires_at, part } = begun;
    let id = app.life.new_id();
    let attempt = Attempt {
        id,
        order_id: order.id,
        provider,
        reference: id.simple().to_string(),
        amount: left(order),
        status: AttemptStatus::Created,
        provider_reference: None,
        created_at: app.now(),
        expires_at,
        going_back: Vnd::ZERO,
        joint_payment_id: part.map(|(joint, _)| joint),
        joint_position: part.map_or(0, |(_, position)| position),
    };
    attempts::insert(conn, &attempt).await?;
    orders::advance(conn, order, order.unmoved()).await?;
    history::write(conn, &started(order, &attempt)).await?;
    let entry = AuditEntry {
        actor: by,
        action: "payment_attempt.started",
        subject_type: "payment_order",
        subject_id: order.id.to_string(),
        detail: json!({ "attempt_id": id, "provider": provider }),
    };
    audit::record(conn, &app.life, entry).await?;
    Ok(attempt)
}

fn started(order: &Order, attempt: &Attempt) -> Entry {
    Entry {
        order_id: order.id,
        version: order.version + 1,
        at: attempt.created_at,
        cause: StepCause::Started,
        order_from: Some(order.status),
        order_to: order.status,
        attempt_id: Some(attempt.id),
        attempt_from: None,
        attempt_to: Some(attempt.status),
        refund_id: None,
    }
}
