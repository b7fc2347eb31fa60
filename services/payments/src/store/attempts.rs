//! Attempts to pay an order.

use chrono::{DateTime, Utc};
use civic::Vnd;
use diesel::{
    dsl::{exists, select},
    prelude::*,
};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use pg::kept;
use uuid::Uuid;

use crate::{
    domain::{attempt::AttemptStatus, provider::ProviderName, report::Payment},
    schema::{attempts, joint_payments},
};

/// A try to pay an order at a provider.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = attempts, check_for_backend(diesel::pg::Pg))]
pub struct Attempt {
    pub id: Uuid,
    pub order_id: Uuid,
    pub provider: ProviderName,
    /// Our name for it at the provider.
    pub reference: String,
    pub amount: Vnd,
    pub status: AttemptStatus,
    /// The provider's name for the payment, once it took money.
    pub provider_reference: Option<String>,
    /// By the provider's clock, once it took money.
    pub paid_at: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
    /// What of its money is on its way back, or went.
    pub going_back: Vnd,
    /// The payment of several orders that it is part of, if it is.
    pub joint_payment_id: Option<Uuid>,
    /// Which part; the first, as what is part of none, is 0.
    pub joint_position: i16,
}

/// Keeps an attempt that begins, of an order that is held.
pub async fn insert(conn: &mut AsyncPgConnection, attempt: &Attempt) -> Result<(), pg::Error> {
    kept(diesel::insert_into(attempts::table).values(attempt)).execute(conn).await?;
    Ok(())
}

/// The attempt, if there is one.
pub async fn find(mut conn: &AsyncPgConnection, id: Uuid) -> Result<Option<Attempt>, pg::Error> {
    Ok(attempts::table.find(id).select(Attempt::as_select()).first(&mut conn).await.optional()?)
}

/// The attempt of our name for it at a provider; the first of a joint payment where that has the name. The attempts of one have names that
/// no provider was told.
pub async fn find_reference(
    conn: &mut AsyncPgConnection,
    provider: ProviderName,
    reference: &str,
) -> Result<Option<Attempt>, pg::Error> {
    let named = attempts::provider.eq(provider).and(attempts::reference.eq(reference));
    let alone = attempts::table.filter(named.and(attempts::joint_payment_id.is_null())).select(Attempt::as_select());
    match alone.first(conn).await.optional()? {
        Some(attempt) => Ok(Some(attempt)),
        None => first_of_joint_payment(conn, provider, reference).await,
    }
}

/// The first attempt of the joint payment that a provider knows by this name.
async fn first_of_joint_payment(
    conn: &mut AsyncPgConnection,
    provider: ProviderName,
    reference: &str,
) -> Result<Option<Attempt>, pg::Error> {
    let named = joint_payments::provider.eq(provider).and(joint_payments::reference.eq(reference));
    let first = joint_payments::table
        .inner_join(attempts::table)
        .filter(named.and(attempts::joint_position.eq(0)))
        .select(Attempt::as_select());
    Ok(first.first(conn).await.optional()?)
}

/// The attempts of a joint payment, in the order of their orders' ids.
pub async fn of_joint_payment(conn: &mut AsyncPgConnection, id: Uuid) -> Result<Vec<Attempt>, pg::Error> {
    let attempts = attempts::table.filter(attempts::joint_payment_id.eq(id)).order(attempts::joint_position);
    Ok(attempts.select(Attempt::as_select()).load(conn).await?)
}

/// Every attempt to pay an order, the oldest first.
pub async fn of_order(mut conn: &AsyncPgConnection, order_id: Uuid) -> Result<Vec<Attempt>, pg::Error> {
    let attempts = attempts::table.filter(attempts::order_id.eq(order_id));
    let attempts = attempts.order((attempts::created_at, attempts::id)).select(Attempt::as_select());
    Ok(attempts.load(&mut conn).await?)
}

/// The attempt at a provider to pay an order that may still be paid: nobody knows what became of it, and its time is not over.
pub async fn open_one(
    conn: &mut AsyncPgConnection,
    order_id: Uuid,
    provider: ProviderName,
    now: DateTime<Utc>,
) -> Result<Option<Attempt>, pg::Error> {
    let open = AttemptStatus::ALL.iter().copied().filter(|status| status.is_open());
    let open = attempts::status.eq_any(open.collect::<Vec<_>>()).and(attempts::expires_at.gt(now));
    let of_order = attempts::order_id.eq(order_id).and(attempts::provider.eq(provider));
    let newest = attempts::table.filter(of_order.and(open)).order((attempts::expires_at.desc(), attempts::id.desc()));
    Ok(newest.select(Attempt::as_select()).first(conn).await.optional()?)
}

/// Whether the provider's number for this payment is already that of another attempt's.
pub async fn is_known_elsewhere(
    mut conn: &AsyncPgConnection,
    attempt: &Attempt,
    payment: &Payment,
) -> Result<bool, pg::Error> {
    let numbered = attempts::provider_reference.eq(&payment.provider_reference);
    // The attempts of one joint payment have its number together: the first stands for it.
    let others = attempts::provider.eq(attempt.provider).and(attempts::joint_position.eq(0));
    let others = numbered.and(others).and(attempts::id.ne(attempt.id));
    Ok(select(exists(attempts::table.filter(others))).get_result(&mut conn).await?)
}

/// Notes what of the money of an attempt, whose order is held, is on its way back or went. The database refuses more than was taken.
pub async fn note_going_back(conn: &mut AsyncPgConnection, id: Uuid, amount: Vnd) -> Result<(), pg::Error> {
    diesel::update(attempts::table.find(id)).set(attempts::going_back.eq(amount)).execute(conn).await?;
    Ok(())
}

/// The page that the provider named for an attempt, once it did.
pub async fn checkout_url(conn: &mut AsyncPgConnection, id: Uuid) -> Result<Option<String>, pg::Error> {
    Ok(attempts::table.find(id).select(attempts::checkout_url).first(conn).await?)
}

/// Keeps the page that the provider named for an attempt; one that is known stays.
pub async fn note_checkout_url(conn: &mut AsyncPgConnection, id: Uuid, url: &str) -> Result<(), pg::Error> {
    let unknown = attempts::table.find(id).filter(attempts::checkout_url.is_null());
    diesel::update(unknown).set(attempts::checkout_url.eq(url)).execute(conn).await?;
    Ok(())
}

/// Notes of an attempt that took money, whose order is held, that the cashier gave it back as taken wrongly.
pub async fn reverse(conn: &mut AsyncPgConnection, id: Uuid) -> Result<(), pg::Error> {
    diesel::update(attempts::table.find(id)).set(attempts::status.eq(AttemptStatus::Reversed)).execute(conn).await?;
    Ok(())
}

/// Moves an attempt whose order is held.
pub async fn advance(
    mut conn: &AsyncPgConnection,
    id: Uuid,
    status: AttemptStatus,
    payment: Option<&Payment>,
) -> Result<(), pg::Error> {
    let next = (
        attempts::status.eq(status),
        attempts::provider_reference.eq(payment.map(|payment| payment.provider_reference.as_str())),
        attempts::paid_at.eq(payment.map(|payment| payment.paid_at)),
    );
    kept(diesel::update(attempts::table.find(id)).set(next)).execute(&mut conn).await?;
    Ok(())
}
