//! The audit log is sealed: a chain of digests, by which `verify` finds what was changed or removed behind the triggers.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::{
    ExpressionMethods, OptionalExtension, QueryDsl, QueryableByName,
    dsl::sql,
    sql_query,
    sql_types::{BigInt, Binary, Bool, Double, Timestamptz, Uuid as SqlUuid},
};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use uuid::Uuid;

use crate::schema::audit_seals;

/// Entries that one seal stands for, at most.
const MOST: i64 = 100_000;
/// Of several processes one seals. The bytes of "seal" as a number.
const ALONE: &str = "pg_try_advisory_xact_lock(1936023916)";
/// The last entry of the next seal.
const NEXT: &str = "select written_at, id from (
        select written_at, id from audit_log
        where written_at >= $1 and (written_at, id) > ($1, $2) and written_at < least(now() - make_interval(secs => $3),
            (select min(xact_start) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()))
        order by written_at, id limit $4) entries
    order by written_at desc, id desc limit 1";
const SEAL: &str = "insert into audit_seals (number, written_at, entry, entries, digest)
    select $1, $2, $3, entries, digest from audit_digest($4, $5, $2, $3, $6)";

#[derive(QueryableByName)]
struct Place {
    #[diesel(sql_type = Timestamptz)]
    written_at: DateTime<Utc>,
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
}

/// Seals what was written longer ago than `settled`, by the database's clock, and before every transaction of this service that is
/// still open: entries are ordered by when their transaction began, and none may appear behind a seal.
///
/// # Errors
/// When the database does not answer.
pub async fn seal_audit_log(pool: &pg::Pool, settled: TimeDelta) -> Result<(), pg::Error> {
    while pool.transaction(async |conn| seal_next(conn, settled).await).await? {}
    Ok(())
}

/// Puts the next seal; whether there was anything to seal.
async fn seal_next(conn: &mut AsyncPgConnection, settled: TimeDelta) -> Result<bool, pg::Error> {
    if !diesel::select(sql::<Bool>(ALONE)).get_result::<bool>(conn).await? {
        return Ok(false);
    }
    let last = audit_seals::table.order(audit_seals::number.desc()).select((
        audit_seals::number,
        audit_seals::written_at,
        audit_seals::entry,
        audit_seals::digest,
    ));
    let last: Option<(i64, DateTime<Utc>, Uuid, Vec<u8>)> = last.first(conn).await.optional()?;
    let (number, behind, behind_entry, previous) = last.unwrap_or((0, DateTime::UNIX_EPOCH, Uuid::nil(), Vec::new()));
    let next = sql_query(NEXT)
        .bind::<Timestamptz, _>(behind)
        .bind::<SqlUuid, _>(behind_entry)
        .bind::<Double, _>(settled.as_seconds_f64())
        .bind::<BigInt, _>(MOST);
    let Some(next) = next.get_result::<Place>(conn).await.optional()? else { return Ok(false) };
    let seal = sql_query(SEAL)
        .bind::<BigInt, _>(number + 1)
        .bind::<Timestamptz, _>(next.written_at)
        .bind::<SqlUuid, _>(next.id)
        .bind::<Timestamptz, _>(behind)
        .bind::<SqlUuid, _>(behind_entry)
        .bind::<Binary, _>(previous);
    seal.execute(conn).await?;
    Ok(true)
}
