//! Failures to sign in, counted by device or network address and account, whether or not somebody has the account.

use chrono::{DateTime, Utc};
use diesel::{prelude::*, upsert::excluded};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use sha2::{Digest, Sha256};

use crate::{
    domain::sign_in_delay::{FORGOTTEN_AFTER, Failures},
    schema::sign_in_failures as table,
};

/// Who is counted at an account.
#[derive(Clone, Copy, Debug)]
pub enum Who<'a> {
    /// A device that signed in to it before.
    Device(&'a [u8]),
    /// Anything else at a network address.
    Origin(&'a str),
    /// All unknown devices together.
    Strangers,
    /// Somebody who is signed in and must show her password again, by session.
    Session(&'a [u8]),
    /// Somebody with an account, of whom a code is counted that she asks for.
    Account(&'a [u8]),
}

impl Who<'_> {
    /// By what is counted: a digest, so that the table tells nobody's address.
    pub fn at(self, email: &str) -> Vec<u8> {
        let (kind, name) = match self {
            Self::Device(token_hash) => ("device", token_hash),
            Self::Origin(origin) => ("origin", origin.as_bytes()),
            Self::Strangers => ("strangers", [].as_slice()),
            Self::Session(id) => ("session", id),
            Self::Account(id) => ("account", id),
        };
        let digest = Sha256::new().chain_update(kind).chain_update([0]).chain_update(email.to_lowercase());
        digest.chain_update([0]).chain_update(name).finalize().to_vec()
    }
}

/// The failures counted under `key`, locked until the transaction ends, so that many guesses at once are charged one after the other.
pub async fn locked(conn: &mut AsyncPgConnection, key: &[u8], now: DateTime<Utc>) -> Result<Failures, pg::Error> {
    let (count, blocked_until, last_at) = diesel::insert_into(table::table)
        .values((table::email_hash.eq(key), table::failures.eq(0), table::last_failed_at.eq(now)))
        .on_conflict(table::email_hash)
        .do_update()
        // Changes nothing, and locks.
        .set(table::email_hash.eq(excluded(table::email_hash)))
        .returning((table::failures, table::blocked_until, table::last_failed_at))
        .get_result(conn)
        .await?;
    Ok(Failures { count, blocked_until, last_at })
}

/// Writes down what is counted under `key`.
pub async fn save(conn: &mut AsyncPgConnection, key: &[u8], failures: Failures) -> Result<(), pg::Error> {
    let Failures { count, blocked_until, last_at } = failures;
    diesel::update(table::table.find(key))
        .set((table::failures.eq(count), table::blocked_until.eq(blocked_until), table::last_failed_at.eq(last_at)))
        .execute(conn)
        .await?;
    Ok(())
}

/// Forgets what is counted under `keys`: somebody got in.
pub async fn forget(conn: &mut AsyncPgConnection, keys: &[Vec<u8>]) -> Result<(), pg::Error> {
    // One after the other, in the order in which they are charged.
    for key in keys {
        diesel::delete(table::table.find(key)).execute(conn).await?;
    }
    Ok(())
}

/// Forgets what is so old that it counts no more.
pub async fn forget_old(conn: &mut AsyncPgConnection, now: DateTime<Utc>) -> Result<(), pg::Error> {
    let old = table::table.filter(table::last_failed_at.le(now - FORGOTTEN_AFTER));
    diesel::delete(old).execute(conn).await?;
    Ok(())
}
