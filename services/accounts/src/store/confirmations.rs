//! What is to be confirmed by a code: registrations, resets of passwords, changes of addresses.

use chrono::{DateTime, TimeDelta, Utc};
use civic::Email;
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use uuid::Uuid;

use crate::{
    domain::confirmation_code::{Purpose, TRIES, mailbox},
    schema::confirmations as table,
};

/// Kept for this long after its code expired, for who asks for help.
pub(super) const KEPT: TimeDelta = TimeDelta::days(1);
const HOUR: TimeDelta = TimeDelta::hours(1);

/// Something to be confirmed by a code.
#[derive(Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = table)]
pub struct Confirmation {
    pub id: Uuid,
    pub purpose: Purpose,
    pub user_id: Option<Uuid>,
    pub email: Email,
    pub mailbox: String,
    pub asked_by: Vec<u8>,
    pub code_hash: Option<Vec<u8>>,
    pub created_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
    pub confirmed_at: Option<DateTime<Utc>>,
    /// A digest of who asked, whatever the mailbox: of a registration the network address, of a change of address the account.
    pub origin: Option<Vec<u8>>,
}

/// Writes one down.
pub async fn insert(conn: &mut AsyncPgConnection, confirmation: &Confirmation) -> Result<(), pg::Error> {
    diesel::insert_into(table::table).values(confirmation).execute(conn).await?;
    Ok(())
}

/// The codes to a mailbox in the last hour that are counted with those of `purpose`: by one who asks, and by all. Of resets it is not
/// known at once whether a code is sent, so what was asked for counts.
pub async fn lately(
    conn: &mut AsyncPgConnection,
    purpose: Purpose,
    email: &str,
    asked_by: &[u8],
    now: DateTime<Utc>,
) -> Result<(i64, i64), pg::Error> {
    let asked: Vec<Vec<u8>> = table::table
        .filter(table::mailbox.eq(mailbox(email)))
        .filter(table::created_at.gt(now - HOUR))
        .filter(table::purpose.eq_any(purpose.counted_with()))
        .filter(table::code_hash.is_not_null().or(table::purpose.eq(Purpose::PasswordReset)))
        .select(table::asked_by)
        .load(conn)
        .await?;
    let by_one = asked.iter().filter(|by| *by == asked_by).count();
    Ok((i64::try_from(by_one).unwrap_or(i64::MAX), i64::try_from(asked.len()).unwrap_or(i64::MAX)))
}

/// Whether a code to a mailbox was refused in the last hour to somebody who registered or changed an address: if it is of an account,
/// its owner was written to then.
pub async fn refused_lately(conn: &mut AsyncPgConnection, email: &str, now: DateTime<Utc>) -> Result<bool, pg::Error> {
    let refused = table::table
        .filter(table::mailbox.eq(mailbox(email)))
        .filter(table::created_at.gt(now - HOUR))
        .filter(table::purpose.ne(Purpose::PasswordReset))
        .filter(table::code_hash.is_null());
    Ok(diesel::select(diesel::dsl::exists(refused)).get_result(conn).await?)
}

/// What somebody asked for in the last hour that nobody has confirmed.
pub async fn unconfirmed(conn: &mut AsyncPgConnection, origin: &[u8], now: DateTime<Utc>) -> Result<i64, pg::Error> {
    let unconfirmed = table::table
        .filter(table::origin.eq(origin))
        .filter(table::created_at.gt(now - HOUR))
        .filter(table::confirmed_at.is_null());
    Ok(unconfirmed.count().get_result(conn).await?)
}

/// One as it stands, locked until the transaction ends.
pub async fn locked(conn: &mut AsyncPgConnection, id: Uuid) -> Result<Option<Confirmation>, pg::Error> {
    let row = table::table.find(id).select(Confirmation::as_select()).for_no_key_update();
    Ok(row.first(conn).await.optional()?)
}

/// One of this purpose and, if it is said, of this account.
pub async fn find(
    conn: &mut AsyncPgConnection,
    id: Uuid,
    purpose: Purpose,
    user: Option<Uuid>,
) -> Result<Option<Confirmation>, pg::Error> {
    let row = table::table.find(id).filter(table::purpose.eq(purpose)).select(Confirmation::as_select());
    let found: Option<Confirmation> = row.first(conn).await.optional()?;
    Ok(found.filter(|it| user.is_none_or(|user| it.user_id == Some(user))))
}

/// Says what code was sent, and to whose account it belongs.
pub async fn sent(conn: &mut AsyncPgConnection, id: Uuid, user: Uuid, code_hash: &[u8]) -> Result<(), pg::Error> {
    let what = (table::user_id.eq(user), table::code_hash.eq(code_hash));
    diesel::update(table::table.find(id)).set(what).execute(conn).await?;
    Ok(())
}

/// Says what other code was sent, which has all its tries.
pub async fn send_again(
    conn: &mut AsyncPgConnection,
    id: Uuid,
    code_hash: &[u8],
    until: DateTime<Utc>,
) -> Result<(), pg::Error> {
    let what = (table::code_hash.eq(code_hash), table::expires_at.eq(until), table::tries.eq(0));
    diesel::update(table::table.find(id)).set(what).execute(conn).await?;
    Ok(())
}

/// Counts a try and gives what its code is compared with; `None` when no try is left, it is too late, or it is done.
pub async fn count_try(
    conn: &mut AsyncPgConnection,
    id: Uuid,
    now: DateTime<Utc>,
) -> Result<Option<Confirmation>, pg::Error> {
    let open = table::table
        .find(id)
        .filter(table::tries.lt(TRIES))
        .filter(table::confirmed_at.is_null())
        .filter(table::expires_at.gt(now));
    let counted = diesel::update(open)
        .set(table::tries.eq(table::tries + 1))
        .returning(Confirmation::as_returning())
        .get_result(conn)
        .await
        .optional()?;
    Ok(counted)
}

/// Gives a try back whose code was right and led to nothing.
pub async fn give_back_try(conn: &mut AsyncPgConnection, id: Uuid) -> Result<(), pg::Error> {
    let counted = table::table.find(id).filter(table::tries.gt(0));
    diesel::update(counted).set(table::tries.eq(table::tries - 1)).execute(conn).await?;
    Ok(())
}

/// Marks one as done.
pub async fn confirm(conn: &mut AsyncPgConnection, id: Uuid, now: DateTime<Utc>) -> Result<(), pg::Error> {
    diesel::update(table::table.find(id)).set(table::confirmed_at.eq(now)).execute(conn).await?;
    Ok(())
}

/// Forgets those that lost their use.
pub async fn forget_old(conn: &mut AsyncPgConnection, now: DateTime<Utc>) -> Result<(), pg::Error> {
    diesel::delete(table::table.filter(table::expires_at.lt(now - KEPT))).execute(conn).await?;
    Ok(())
}
