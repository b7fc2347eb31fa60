//! What people typed who asked for an account. Its code stands with the other confirmations, under the same id.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use civic::{CitizenNumber, DatePrecision, Email, Gender, Language, PersonName, Phone};
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use uuid::Uuid;

use super::{confirmations::KEPT, lower};
use crate::schema::{confirmations, registrations};

/// A pending registration.
#[derive(Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = registrations)]
pub struct Pending {
    pub id: Uuid,
    pub name: PersonName,
    pub email: Email,
    pub phone: Phone,
    pub citizen_number: CitizenNumber,
    /// The first day that it can be.
    pub birth_date: NaiveDate,
    pub birth_precision: DatePrecision,
    pub gender: Gender,
    pub language: Language,
    pub password_hash: String,
    pub created_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
    pub confirmed_at: Option<DateTime<Utc>>,
}

/// Writes a registration down.
pub async fn insert(conn: &mut AsyncPgConnection, pending: &Pending) -> Result<(), pg::Error> {
    diesel::insert_into(registrations::table).values(pending).execute(conn).await?;
    Ok(())
}

/// Whether somebody asked in vain for an account with this citizen number in the last hour: its owner was written to then.
pub async fn refused_lately(
    conn: &mut AsyncPgConnection,
    citizen_number: &CitizenNumber,
    now: DateTime<Utc>,
) -> Result<bool, pg::Error> {
    let refused = registrations::table
        .inner_join(confirmations::table)
        .filter(registrations::citizen_number.eq(citizen_number))
        .filter(registrations::created_at.gt(now - TimeDelta::hours(1)))
        .filter(confirmations::code_hash.is_null());
    Ok(diesel::select(diesel::dsl::exists(refused)).get_result(conn).await?)
}

/// The registration as it stands, locked until the transaction ends.
pub async fn locked(conn: &mut AsyncPgConnection, id: Uuid) -> Result<Option<Pending>, pg::Error> {
    let row = registrations::table.find(id).select(Pending::as_select()).for_no_key_update();
    Ok(row.first(conn).await.optional()?)
}

/// The newest registration with this number and address that waits to be confirmed, however late, locked until the transaction ends.
pub async fn waiting(
    conn: &mut AsyncPgConnection,
    citizen_number: &CitizenNumber,
    email: &str,
) -> Result<Option<Pending>, pg::Error> {
    let row = registrations::table
        .filter(registrations::citizen_number.eq(citizen_number))
        .filter(lower(registrations::email).eq(lower(email)))
        .filter(registrations::confirmed_at.is_null())
        .order((registrations::created_at.desc(), registrations::id.desc()))
        .select(Pending::as_select())
        .for_no_key_update();
    Ok(row.first(conn).await.optional()?)
}

/// Gives a registration more time.
pub async fn prolong(conn: &mut AsyncPgConnection, id: Uuid, until: DateTime<Utc>) -> Result<(), pg::Error> {
    let row = registrations::table.find(id);
    diesel::update(row).set(registrations::expires_at.eq(until)).execute(conn).await?;
    Ok(())
}

/// Marks a registration as done.
pub async fn confirm(conn: &mut AsyncPgConnection, id: Uuid, now: DateTime<Utc>) -> Result<(), pg::Error> {
    let row = registrations::table.find(id);
    diesel::update(row).set(registrations::confirmed_at.eq(now)).execute(conn).await?;
    Ok(())
}

/// Removes a registration.
pub async fn forget(conn: &mut AsyncPgConnection, id: Uuid) -> Result<(), pg::Error> {
    diesel::delete(registrations::table.find(id)).execute(conn).await?;
    Ok(())
}

/// Forgets what was typed when its code has been of no use for a while.
pub async fn forget_old(conn: &mut AsyncPgConnection, now: DateTime<Utc>) -> Result<(), pg::Error> {
    diesel::delete(registrations::table.filter(registrations::expires_at.lt(now - KEPT))).execute(conn).await?;
    Ok(())
}
