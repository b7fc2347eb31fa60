//! Devices that signed in before.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use uuid::Uuid;

use super::lower;
use crate::{
    domain::device::{Device, MOST, REMEMBERED},
    schema::{known_devices as table, users},
};

/// Whether the device signed in before to the account with this address.
pub async fn knows(
    conn: &mut AsyncPgConnection,
    device: &Device,
    email: &str,
    now: DateTime<Utc>,
) -> Result<bool, pg::Error> {
    let owners = users::table.filter(lower(users::email).eq(lower(email))).select(users::id);
    let known = table::table
        .filter(table::token_hash.eq(device.digest()))
        .filter(table::used_at.gt(now - REMEMBERED))
        .filter(table::user_id.eq_any(owners));
    Ok(diesel::select(diesel::dsl::exists(known)).get_result(conn).await?)
}

/// Whether we gave this to anybody.
pub async fn is_ours(conn: &mut AsyncPgConnection, device: &Device) -> Result<bool, pg::Error> {
    let ours = table::table.filter(table::token_hash.eq(device.digest()));
    Ok(diesel::select(diesel::dsl::exists(ours)).get_result(conn).await?)
}

/// Remembers that the device signed in to an account, and the account's newest devices only.
pub async fn remember(
    conn: &mut AsyncPgConnection,
    device: &Device,
    user: Uuid,
    now: DateTime<Utc>,
) -> Result<(), pg::Error> {
    diesel::insert_into(table::table)
        .values((table::token_hash.eq(device.digest()), table::user_id.eq(user), table::used_at.eq(now)))
        .on_conflict((table::token_hash, table::user_id))
        .do_update()
        .set(table::used_at.eq(now))
        .execute(conn)
        .await?;
    let newest = table::table
        .filter(table::user_id.eq(user))
        .order((table::used_at.desc(), table::token_hash))
        .limit(MOST)
        .select(table::token_hash)
        .load::<Vec<u8>>(conn)
        .await?;
    let others = table::table.filter(table::user_id.eq(user)).filter(table::token_hash.ne_all(newest));
    diesel::delete(others).execute(conn).await?;
    Ok(())
}

/// Forgets every device of an account.
pub async fn forget(conn: &mut AsyncPgConnection, user: Uuid) -> Result<(), pg::Error> {
    diesel::delete(table::table.filter(table::user_id.eq(user))).execute(conn).await?;
    Ok(())
}
