//! People who asked for an account and have not confirmed their address yet.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use civic::{CitizenNumber, Email, Gender, Language, PersonName, Phone};
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use uuid::Uuid;

use crate::{
    domain::confirmation_code::{TRIES, mailbox},
    schema::registrations,
};

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
    /// The mailbox of the address, however it is written; null in rows from before it was kept.
    pub mailbox: Option<String>,
    /// A digest of who asked.
    pub asked_by: Option<Vec<u8>>,
}

/// Writes a registration down.
pub async fn insert(conn: &mut AsyncPgConnection, pending: &Pending) -> Result<(), pg::Error> {
    diesel::insert_into(registrations::table).values(pending).execute(conn).await?;
    Ok(())
}

/// The codes sent to a mailbox in the last hour: those that one who asks had sent, and all.
pub async fn codes_lately(
    conn: &mut AsyncPgConnection,
    email: &str,
    asked_by: &[u8],
    now: DateTime<Utc>,
) -> Result<(i64, i64), pg::Error> {
    let sent: Vec<Option<Vec<u8>>> = registrations::table
        .filter(registrations::mailbox.eq(mailbox(email)))
        .filter(registrations::created_at.gt(now - TimeDelta::hours(1)))
        .filter(registrations::code_hash.is_not_null())
        .select(registrations::asked_by)
        .load(conn)
        .await?;
    let by_one = sent.iter().filter(|by| by.as_deref() == Some(asked_by)).count();
    Ok((i64::try_from(by_one).unwrap_or(i64::MAX), i64::try_from(sent.len()).unwrap_or(i64::MAX)))
}

/// Whether somebody asked in vain for an account with this address or citizen number in the last hour: its owner was written to then.
pub async fn refused_lately(
    conn: &mut AsyncPgConnection,
    email: &str,
    citizen_number: &str,
    now: DateTime<Utc>,
) -> Result<bool, pg::Error> {
    let same = registrations::mailbox
        .eq(mailbox(email))
        .assume_not_null()
        .or(registrations::citizen_number.eq(citizen_number));
    let refused = registrations::table
        .filter(same)
        .filter(registrations::created_at.gt(now - TimeDelta::hours(1)))
        .filter(registrations::code_hash.is_null());
    Ok(diesel::select(diesel::dsl::exists(refused)).get_result(conn).await?)
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
