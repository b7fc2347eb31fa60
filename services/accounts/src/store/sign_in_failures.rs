//! Failures to sign in, counted for each address whether or not somebody has it.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use sha2::{Digest, Sha256};

use crate::{
    domain::sign_in_delay::{FORGOTTEN_AFTER, FREE, wait_after},
    schema::sign_in_failures as table,
};

/// An attempt that may be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attempt {
    /// It counts when it fails.
    Free,
    /// It was counted in advance: after [`FREE`] failures one attempt is let through at a time.
    Counted,
}

/// By what an address is counted.
pub fn address(email: &str) -> Vec<u8> {
    Sha256::digest(email.to_lowercase()).to_vec()
}

/// Lets an attempt through, or says until when the address must wait.
pub async fn admit(
    conn: &mut AsyncPgConnection,
    address: &[u8],
    now: DateTime<Utc>,
) -> Result<Result<Attempt, DateTime<Utc>>, pg::Error> {
    let paused = table::table
        .find(address)
        .filter(table::failures.ge(FREE))
        .filter(table::last_failed_at.gt(now - FORGOTTEN_AFTER))
        .select((table::failures, table::blocked_until))
        .first(conn)
        .await
        .optional()?;
    let Some((failures, blocked_until)): Option<(i32, Option<DateTime<Utc>>)> = paused else {
        return Ok(Ok(Attempt::Free));
    };
    let (next, until) = (failures.saturating_add(1), now + wait_after(failures.saturating_add(1)));
    // Of many at once only the one that still finds this number goes on.
    let still = table::table.find(address).filter(table::failures.eq(failures)).filter(table::blocked_until.le(now));
    let counted = diesel::update(still)
        .set((table::failures.eq(next), table::blocked_until.eq(until), table::last_failed_at.eq(now)))
        .execute(conn)
        .await?;
    if counted > 0 {
        return Ok(Ok(Attempt::Counted));
    }
    Ok(Err(blocked_until.filter(|until| *until > now).unwrap_or(until)))
}

/// Counts a failure of a free attempt.
pub async fn count(conn: &mut AsyncPgConnection, address: &[u8], now: DateTime<Utc>) -> Result<(), pg::Error> {
    let stale = table::table.find(address).filter(table::last_failed_at.le(now - FORGOTTEN_AFTER));
    diesel::delete(stale).execute(conn).await?;
    let failures: i32 = diesel::insert_into(table::table)
        .values((table::email_hash.eq(address), table::failures.eq(1), table::last_failed_at.eq(now)))
        .on_conflict(table::email_hash)
        .do_update()
        .set((table::failures.eq(table::failures + 1), table::last_failed_at.eq(now)))
        .returning(table::failures)
        .get_result(conn)
        .await?;
    if failures >= FREE {
        let until = now + wait_after(failures);
        diesel::update(table::table.find(address)).set(table::blocked_until.eq(until)).execute(conn).await?;
    }
    Ok(())
}

/// Forgets the failures of an address: somebody got in.
pub async fn forget(conn: &mut AsyncPgConnection, address: &[u8]) -> Result<(), pg::Error> {
    diesel::delete(table::table.find(address)).execute(conn).await?;
    Ok(())
}
