//! Codes that were asked for by or for people with an account.

use chrono::{DateTime, TimeDelta, Utc};
use civic::{Email, events::ConfirmationPurpose};
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use uuid::Uuid;

use crate::{
    domain::confirmation_code::{TRIES, mailbox},
    schema::confirmations as table,
};

/// Kept for this long after its code expired, for who asks for help.
const KEPT: TimeDelta = TimeDelta::days(1);

/// Something to be confirmed by a code.
#[derive(Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = table)]
pub struct Confirmation {
    pub id: Uuid,
    pub purpose: ConfirmationPurpose,
    pub user_id: Option<Uuid>,
    pub email: Email,
    pub mailbox: String,
    pub asked_by: Vec<u8>,
    pub code_hash: Option<Vec<u8>>,
    pub created_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
    pub confirmed_at: Option<DateTime<Utc>>,
}

/// Writes one down.
pub async fn insert(conn: &mut AsyncPgConnection, confirmation: &Confirmation) -> Result<(), pg::Error> {
    diesel::insert_into(table::table).values(confirmation).execute(conn).await?;
    Ok(())
}

/// How often codes for a mailbox were asked for in the last hour: by one who asks, and by all.
pub async fn lately(
    conn: &mut AsyncPgConnection,
    email: &str,
    asked_by: &[u8],
    now: DateTime<Utc>,
) -> Result<(i64, i64), pg::Error> {
    let asked: Vec<Vec<u8>> = table::table
        .filter(table::mailbox.eq(mailbox(email)))
        .filter(table::created_at.gt(now - TimeDelta::hours(1)))
        .select(table::asked_by)
        .load(conn)
        .await?;
    let by_one = asked.iter().filter(|by| *by == asked_by).count();
    Ok((i64::try_from(by_one).unwrap_or(i64::MAX), i64::try_from(asked.len()).unwrap_or(i64::MAX)))
}

/// One as it stands, locked until the transaction ends.
pub async fn locked(conn: &mut AsyncPgConnection, id: Uuid) -> Result<Option<Confirmation>, pg::Error> {
    let row = table::table.find(id).select(Confirmation::as_select()).for_no_key_update();
    Ok(row.first(conn).await.optional()?)
}

/// Whether one is there, for this purpose and, if it is said, of this account.
pub async fn exists(
    conn: &mut AsyncPgConnection,
    id: Uuid,
    purpose: ConfirmationPurpose,
    user: Option<Uuid>,
) -> Result<bool, pg::Error> {
    let purposes: Option<(ConfirmationPurpose, Option<Uuid>)> =
        table::table.find(id).select((table::purpose, table::user_id)).first(conn).await.optional()?;
    Ok(purposes.is_some_and(|(its, of)| its == purpose && user.is_none_or(|user| of == Some(user))))
}

/// Says what code was sent, and to whose account it belongs.
pub async fn sent(conn: &mut AsyncPgConnection, id: Uuid, user: Uuid, code_hash: &[u8]) -> Result<(), pg::Error> {
    let what = (table::user_id.eq(user), table::code_hash.eq(code_hash));
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
