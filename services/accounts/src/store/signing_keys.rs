//! The keys that sign access tokens.

use chrono::{DateTime, Utc};
use diesel::{prelude::*, sql_types::BigInt};
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use super::damaged;
use crate::{
    domain::signing_key::{PublicKey, generate, kid},
    schema::signing_keys,
};

/// The bytes of "keys" as a number: of two processes that find no key one makes it.
const LOCK: i64 = 0x6b65_7973;

/// A signing key.
#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = signing_keys)]
pub struct SigningKey {
    pub kid: String,
    pub private_key: Vec<u8>,
    pub public_x: String,
    pub created_at: DateTime<Utc>,
}

impl SigningKey {
    /// The key made of this randomness.
    pub fn new(name: [u8; 16], random: [u8; 32], now: DateTime<Utc>) -> Result<Self, pg::Error> {
        let (private_key, public_x) = generate(random).map_err(damaged)?;
        Ok(Self { kid: kid(name), private_key, public_x, created_at: now })
    }
}

/// Waits until nobody else makes a key; held until the transaction ends.
pub async fn lock(conn: &mut AsyncPgConnection) -> Result<(), pg::Error> {
    diesel::sql_query("select pg_advisory_xact_lock($1)").bind::<BigInt, _>(LOCK).execute(conn).await?;
    Ok(())
}

/// The newest key that is not retired.
pub async fn current(conn: &mut AsyncPgConnection) -> Result<Option<SigningKey>, pg::Error> {
    let row = signing_keys::table
        .filter(signing_keys::retired_at.is_null())
        .order((signing_keys::created_at.desc(), signing_keys::kid))
        .select(SigningKey::as_select());
    Ok(row.first(conn).await.optional()?)
}

/// Adds a key.
pub async fn insert(conn: &mut AsyncPgConnection, key: &SigningKey) -> Result<(), pg::Error> {
    diesel::insert_into(signing_keys::table).values(key).execute(conn).await?;
    Ok(())
}

/// The private keys that are not retired, or were not before `since`.
pub async fn private(conn: &mut AsyncPgConnection, since: DateTime<Utc>) -> Result<Vec<Vec<u8>>, pg::Error> {
    let alive = signing_keys::retired_at.is_null().or(signing_keys::retired_at.gt(since).assume_not_null());
    Ok(signing_keys::table.filter(alive).select(signing_keys::private_key).load(conn).await?)
}

/// The public halves of the keys that are not retired, or were not before `since`.
pub async fn published(conn: &mut AsyncPgConnection, since: DateTime<Utc>) -> Result<Vec<PublicKey>, pg::Error> {
    let alive = signing_keys::retired_at.is_null().or(signing_keys::retired_at.gt(since).assume_not_null());
    let rows: Vec<(String, String)> = signing_keys::table
        .filter(alive)
        .order((signing_keys::created_at.desc(), signing_keys::kid))
        .select((signing_keys::kid, signing_keys::public_x))
        .load(conn)
        .await?;
    Ok(rows.into_iter().map(|(kid, x)| PublicKey { kid, x }).collect())
}
