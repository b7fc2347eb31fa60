//! People who asked for an account and have not confirmed their address yet.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use civic::{CitizenNumber, Email, Gender, Language, PersonName, Phone};
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use uuid::Uuid;

use super::lower;
use crate::{domain::confirmation_code::TRIES, schema::registrations};

/// A pending registration.
#[derive(Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = registrations)]
pub struct Pending {
    pub id: Uuid,
    pub name: PersonName,
    pub email: Email,
    pub phone: Phone,
    pub citizen_number: CitizenNumber,
    pub birth_date: NaiveDate,
    pub gender: Gender,
    pub language: Language,
    pub password_hash: String,
    pub code_hash: Option<Vec<u8>>,
    pub created_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
    pub confirmed_at: Option<DateTime<Utc>>,
}

/// Writes a registration down.
pub async fn insert(conn: &mut AsyncPgConnection, pending: &Pending) -> Result<(), pg::Error> {
    diesel::insert_into(registrations::table).values(pending).execute(conn).await?;
    Ok(())
}

/// The codes sent to an address in the last hour.
pub async fn codes_lately(conn: &mut AsyncPgConnection, email: &str, now: DateTime<Utc>) -> Result<i64, pg::Error> {
    let count = registrations::table
        .filter(lower(registrations::email).eq(lower(email)))
        .filter(registrations::created_at.gt(now - TimeDelta::hours(1)))
        .filter(registrations::code_hash.is_not_null())
        .count()
        .get_result(conn)
        .await?;
    Ok(count)
}

/// Whether a registration is done; `None` when there is none.
pub async fn confirmed(conn: &mut AsyncPgConnection, id: Uuid) -> Result<Option<bool>, pg::Error> {
    let row = registrations::table.find(id).select(registrations::confirmed_at.is_not_null());
    Ok(row.first(conn).await.optional()?)
}

/// The registration as it stands, locked until the transaction ends.
pub async fn locked(conn: &mut AsyncPgConnection, id: Uuid) -> Result<Pending, pg::Error> {
    Ok(registrations::table.find(id).select(Pending::as_select()).for_no_key_update().first(conn).await?)
}

/// Counts a try and gives what its code is compared with; `None` when no try is left, it is too late, or it is done.
pub async fn count_try(
    conn: &mut AsyncPgConnection,
    id: Uuid,
    now: DateTime<Utc>,
) -> Result<Option<Pending>, pg::Error> {
    let open = registrations::table
        .find(id)
        .filter(registrations::tries.lt(TRIES))
        .filter(registrations::confirmed_at.is_null())
        .filter(registrations::expires_at.gt(now));
    let counted = diesel::update(open)
        .set(registrations::tries.eq(registrations::tries + 1))
        .returning(Pending::as_returning())
        .get_result(conn)
        .await
        .optional()?;
    Ok(counted)
}

/// Marks a registration as done.
pub async fn confirm(conn: &mut AsyncPgConnection, id: Uuid, now: DateTime<Utc>) -> Result<(), pg::Error> {
    let row = registrations::table.find(id);
    diesel::update(row).set(registrations::confirmed_at.eq(now)).execute(conn).await?;
    Ok(())
}

/// Removes a registration: what was typed is nobody's business any more.
pub async fn forget(conn: &mut AsyncPgConnection, id: Uuid) -> Result<(), pg::Error> {
    diesel::delete(registrations::table.find(id)).execute(conn).await?;
    Ok(())
}
