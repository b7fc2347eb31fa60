//! A payer has somebody else pay: a link is made, used, taken back.

use chrono::TimeDelta;
use civic::Secret;
use diesel_async::AsyncPgConnection;
use edge::{
    Applicant, Problem,
    audit::{self, AuditEntry},
};
use serde_json::json;
use uuid::Uuid;

use super::start_attempt::{self, Offered};
use crate::{
    app::App,
    domain::{pay_link, provider::ProviderName},
    error,
    store::{
        attempts::Attempt,
        orders::{self, Order},
        pay_links::{self, PayLink},
    },
};

/// Makes a link to pay an order that the applicant owes; what stands in its address is told this once.
///
/// # Errors
/// When she owes no such order, it is not to be paid, or has too many links.
pub async fn make(
    conn: &mut AsyncPgConnection,
    app: &App,
    applicant: &Applicant,
    order_id: Uuid,
    days: u32,
) -> Result<(PayLink, Secret), Problem> {
    let now = app.now();
    let order = orders::lock_of(conn, order_id, applicant.party).await?.ok_or_else(|| error::no_order(order_id))?;
    start_attempt::refuse(&order, now)?;
    let most = i64::try_from(pay_link::MOST).unwrap_or(i64::MAX);
    if pay_links::of_order(conn, order.id, most).await?.len() >= pay_link::MOST {
        return Err(error::TOO_MANY_LINKS.into());
    }
    let secret = pay_link::secret(app.life.random.bytes());
    let link = PayLink {
        id: app.life.new_id(),
        order_id: order.id,
        secret_hash: pay_link::hash(secret.expose()),
        made_by: applicant.caller.id,
        made_at: now,
        expires_at: now + TimeDelta::days(days.into()),
        revoked_at: None,
    };
    pay_links::insert(conn, &link).await?;
    record(conn, app, applicant, "pay_link.made", &link).await?;
    Ok((link, secret))
}

/// Takes a link back.
///
/// # Errors
/// When she owes no such order, or it has no such link.
pub async fn revoke(
    conn: &mut AsyncPgConnection,
    app: &App,
    applicant: &Applicant,
    (order_id, id): (Uuid, Uuid),
) -> Result<(), Problem> {
    let order = orders::find_of(conn, order_id, applicant.party).await?.ok_or_else(|| error::no_order(order_id))?;
    if !pay_links::revoke(conn, (order.id, id), app.now()).await? {
        return Err(error::LINK_NOT_FOUND.into());
    }
    let entry = AuditEntry {
        actor: Some(&applicant.caller),
        action: "pay_link.revoked",
        subject_type: "payment_order",
        subject_id: order.id.to_string(),
        detail: json!({"link": id}),
    };
    Ok(audit::record(conn, &app.life, entry).await?)
}

/// The order of a link that may be used, with the link.
///
/// # Errors
/// When there is no such link, or it is over.
pub async fn order_of(conn: &mut AsyncPgConnection, app: &App, secret: &str) -> Result<(PayLink, Order), Problem> {
    let link = pay_links::find_open(conn, &pay_link::hash(secret), app.now()).await?;
    let link = link.ok_or(error::LINK_NOT_FOUND)?;
    let order = orders::find(conn, link.order_id).await?.ok_or(pg::Error::NotFound)?;
    Ok((link, order))
}

/// Asks what became of an attempt at this provider to pay the order of a link, as [`start_attempt::hear_of`] does.
///
/// # Errors
/// When the link is over, or the database does not answer.
pub async fn hear_of(app: &App, secret: &str, provider: ProviderName) -> Result<(), Problem> {
    let (_, order) = order_of(&mut *app.pool.get().await?, app, secret).await?;
    Ok(start_attempt::hear_of(app, order.id, provider).await?)
}

/// Offers an attempt to whoever has a link to the order, as [`start_attempt::offer`] does.
///
/// # Errors
/// When the link is over, or the order takes no attempt.
pub async fn start(
    conn: &mut AsyncPgConnection,
    app: &App,
    secret: &str,
    provider: ProviderName,
) -> Result<(Order, Attempt, Offered), Problem> {
    let (_, order) = order_of(conn, app, secret).await?;
    let order = orders::lock(conn, order.id).await?;
    let (attempt, offered) = start_attempt::offer(conn, app, None, &order, provider).await?;
    Ok((order, attempt, offered))
}

async fn record(
    conn: &mut AsyncPgConnection,
    app: &App,
    by: &Applicant,
    action: &'static str,
    link: &PayLink,
) -> Result<(), pg::Error> {
    let entry = AuditEntry {
        actor: Some(&by.caller),
        action,
        subject_type: "payment_order",
        subject_id: link.order_id.to_string(),
        detail: json!({"link": link.id, "expires_at": link.expires_at}),
    };
    audit::record(conn, &app.life, entry).await
}
