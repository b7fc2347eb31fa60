//! Work for later: a row in the transaction that decided it.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::{
    ExpressionMethods, QueryDsl, QueryableByName,
    sql_types::{Array, BigInt, Text, Timestamptz},
};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use runtime::{Life, Random, Trace};
use serde::{Serialize, de::DeserializeOwned};
use uuid::Uuid;

use crate::{outbox::unwritable, schema::jobs};

const CLAIM: &str = "with due as materialized (
        select id from jobs
        where failed_at is null and run_at <= $1 and (locked_until is null or locked_until <= $1) and kind = any($2)
        order by run_at limit $3 for update skip locked)
    update jobs set attempts = attempts + 1, locked_until = $4 from due where jobs.id = due.id
    returning jobs.id, kind, payload, traceparent, request_id, attempts";

/// A kind of work that is slow, may be retried, or leaves the machine.
///
/// It may run twice (a process may die after the work and before its row is deleted), so its effect must bear that.
pub trait Job: Serialize + DeserializeOwned + 'static {
    /// Its name in the table; never changed once rows may exist.
    const KIND: &'static str;
    /// Runs before it is given up. Twelve, with the waits between them, take about three hours.
    const ATTEMPTS: i32 = 12;
}

/// Why a job was not done.
#[derive(Debug, thiserror::Error)]
pub enum JobError {
    /// Try again after the usual wait: 5 s, doubled each time, at most an hour.
    #[error("{0}")]
    Retry(String),
    /// Try again at this time.
    #[error("{0}")]
    RetryAt(String, DateTime<Utc>),
    /// Trying again would not help: the row is kept, marked failed.
    #[error("{0}")]
    GiveUp(String),
}

impl From<pg::Error> for JobError {
    fn from(why: pg::Error) -> Self {
        Self::Retry(why.to_string())
    }
}

/// Writes `job` down in the caller's transaction, to run at `run_at` or soon after. Gives its id.
/// The trace and the request id of the running task go with it.
///
/// # Errors
/// [`pg::Error`] when the row cannot be written.
pub async fn enqueue<J: Job>(
    connection: &mut AsyncPgConnection,
    life: &Life,
    job: &J,
    run_at: DateTime<Utc>,
) -> Result<Uuid, pg::Error> {
    let (id, trace) = (life.new_id(), Trace::current());
    diesel::insert_into(jobs::table)
        .values((
            jobs::id.eq(id),
            jobs::kind.eq(J::KIND),
            jobs::payload.eq(serde_json::to_string(job).map_err(unwritable)?),
            jobs::traceparent.eq(trace.as_ref().map(ToString::to_string)),
            jobs::request_id.eq(trace.as_ref().map(Trace::request_id)),
            jobs::created_at.eq(life.clock.now()),
            jobs::run_at.eq(run_at),
        ))
        .execute(connection)
        .await?;
    Ok(id)
}

/// A job this process holds the lease of.
#[derive(QueryableByName)]
#[diesel(table_name = jobs)]
pub(crate) struct Claimed {
    pub(crate) id: Uuid,
    pub(crate) kind: String,
    pub(crate) payload: String,
    traceparent: Option<String>,
    request_id: Option<String>,
    pub(crate) attempts: i32,
}

impl Claimed {
    /// The trace of the request that wrote the job down, continued here.
    pub(crate) fn trace(&self, random: &Random) -> Trace {
        Trace::continued(self.traceparent.as_deref(), self.request_id.as_deref(), random)
    }

    /// Removes the job: it is done. Nothing happens when another has taken it over since; so too below.
    pub(crate) async fn done(&self, connection: &mut AsyncPgConnection) -> Result<(), pg::Error> {
        let mine = jobs::table.filter(jobs::id.eq(self.id)).filter(jobs::attempts.eq(self.attempts));
        diesel::delete(mine).execute(connection).await?;
        Ok(())
    }

    /// Puts the job back, to run at `run_at`.
    pub(crate) async fn put_back(
        &self,
        connection: &mut AsyncPgConnection,
        why: &str,
        run_at: DateTime<Utc>,
    ) -> Result<(), pg::Error> {
        let mine = jobs::table.filter(jobs::id.eq(self.id)).filter(jobs::attempts.eq(self.attempts));
        let released =
            (jobs::locked_until.eq(None::<DateTime<Utc>>), jobs::run_at.eq(run_at), jobs::last_error.eq(why));
        diesel::update(mine).set(released).execute(connection).await?;
        Ok(())
    }

    /// Keeps the job as failed.
    pub(crate) async fn fail(
        &self,
        connection: &mut AsyncPgConnection,
        why: &str,
        now: DateTime<Utc>,
    ) -> Result<(), pg::Error> {
        let mine = jobs::table.filter(jobs::id.eq(self.id)).filter(jobs::attempts.eq(self.attempts));
        diesel::update(mine).set((jobs::failed_at.eq(now), jobs::last_error.eq(why))).execute(connection).await?;
        Ok(())
    }
}

/// Takes up to `count` jobs of `kinds` that are due, for `lease`.
pub(crate) async fn claim(
    connection: &mut AsyncPgConnection,
    kinds: &[&str],
    count: usize,
    now: DateTime<Utc>,
    lease: TimeDelta,
) -> Result<Vec<Claimed>, pg::Error> {
    let claimed = diesel::sql_query(CLAIM)
        .bind::<Timestamptz, _>(now)
        .bind::<Array<Text>, _>(kinds)
        .bind::<BigInt, _>(i64::try_from(count).unwrap_or(i64::MAX))
        .bind::<Timestamptz, _>(now + lease)
        .load(connection)
        .await?;
    Ok(claimed)
}
