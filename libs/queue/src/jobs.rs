//! Work for later: a row in the transaction that decided it.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::{
    ExpressionMethods, QueryDsl, QueryableByName, sql_query,
    sql_types::{Array, BigInt, Integer, Nullable, Text, Timestamptz, Uuid as SqlUuid},
};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use pg::kept;
use runtime::{Life, Random, Trace};
use serde::{Serialize, de::DeserializeOwned};
use uuid::Uuid;

use crate::{outbox::unwritable, schema::jobs};

/// The kinds are asked for such that a planner without statistics does not take them to be rare: it would sort all that is due
/// instead of reading the first by the index.
const CLAIM: &str = "with due as materialized (
        select id from jobs
        where failed_at is null and run_at <= $1 and (locked_until is null or locked_until <= $1)
            and array_position($2, kind) is not null and id <> all($5)
        order by run_at limit $3 for update skip locked)
    update jobs set attempts = attempts + 1, locked_until = $4 from due where jobs.id = due.id
    returning jobs.id, kind, payload, traceparent, request_id, attempts, runs_ended, failing_since, run_at";
const ENQUEUE: &str = "insert into jobs (id, kind, payload, traceparent, request_id, created_at, run_at)
    select new.id, $5, new.payload, new.traceparent, new.request_id, $6, $7
    from unnest($1::uuid[], $2::text[], $3::text[], $4::text[]) as new (id, payload, traceparent, request_id)";
/// As if they had just been written: all, or the one; but for those that somebody has seen to since they were given up.
const AGAIN: &str =
    "update jobs set failed_at = null, failing_since = null, locked_until = null, attempts = 0, runs_ended = 0,
        run_at = $1
    where failed_at is not null and ($2 is null or id = $2)
        and not exists (select from taken_as_handled h where h.subject = jobs.id and h.at >= jobs.failed_at)";
const DONE: &str = "delete from jobs using unnest($1::uuid[], $2::integer[]) as done (id, attempts)
    where jobs.id = done.id and jobs.attempts = done.attempts";

/// A kind of work that is slow, may be retried, or leaves the machine.
///
/// It may run twice (a process may die after the work and before its row is deleted), so its effect must bear that.
pub trait Job: Serialize + DeserializeOwned + 'static {
    /// Its name in the table; never changed once rows may exist.
    const KIND: &'static str;
    /// It is not given up before so many runs, be they close together or far apart; nor before [`Job::RETRY_FOR`].
    const ATTEMPTS: i32 = 12;
    /// It is not given up until it has failed for so long. Five days: as mail servers do (RFC 5321, section 4.5.4.1).
    const RETRY_FOR: TimeDelta = TimeDelta::days(5);
}

/// One run of a job.
#[derive(Clone, Copy, Debug)]
pub struct Run {
    /// Counted from 1.
    pub number: i32,
    /// When this fails, the job is given up.
    pub is_last: bool,
    /// Since when its work has been due without being done: when the first of the runs that failed was due, or this one.
    pub since: DateTime<Utc>,
}

/// Why a job was not done.
#[derive(Debug, thiserror::Error)]
pub enum JobError {
    /// It failed; try again after the usual wait: 5 s, doubled each time, at most an hour.
    #[error("{0}")]
    Retry(String),
    /// It failed; try again at this time.
    #[error("{0}")]
    RetryAt(String, DateTime<Utc>),
    /// Nothing failed, but it is too early: do it again at this time.
    #[error("{0}")]
    NotYet(String, DateTime<Utc>),
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
/// The trace and the request id of the running task go with it. `run_at` is reckoned from what the clock says now; where that is a jump
/// that nobody believes yet, the job waits as long as it would have waited without it.
///
/// # Errors
/// [`pg::Error`] when the row cannot be written.
pub async fn enqueue<J: Job>(
    connection: &AsyncPgConnection,
    life: &Life,
    job: &J,
    run_at: DateTime<Utc>,
) -> Result<Uuid, pg::Error> {
    let ids = enqueue_all(connection, life, &[(job, Trace::current())], run_at).await?;
    ids.into_iter().next().ok_or(pg::Error::NotFound)
}

/// As [`enqueue`], for many jobs in one statement, each with the trace of what caused it. Gives their ids, in order.
///
/// # Errors
/// [`pg::Error`] when the rows cannot be written.
pub async fn enqueue_all<J: Job>(
    mut connection: &AsyncPgConnection,
    life: &Life,
    jobs: &[(&J, Option<Trace>)],
    run_at: DateTime<Utc>,
) -> Result<Vec<Uuid>, pg::Error> {
    let ids: Vec<_> = jobs.iter().map(|_| life.new_id()).collect();
    if ids.is_empty() {
        return Ok(ids);
    }
    let payloads: Result<Vec<_>, _> = jobs.iter().map(|(job, _)| serde_json::to_string(job)).collect();
    let traces = || jobs.iter().map(|(_, trace)| trace.as_ref());
    let traceparents: Vec<_> = traces().map(|trace| trace.map(ToString::to_string)).collect();
    let request_ids: Vec<_> = traces().map(|trace| trace.map(Trace::request_id)).collect();
    let rows = sql_query(ENQUEUE)
        .bind::<Array<SqlUuid>, _>(&ids)
        .bind::<Array<Text>, _>(payloads.map_err(unwritable)?)
        .bind::<Array<Nullable<Text>>, _>(traceparents)
        .bind::<Array<Nullable<Text>>, _>(request_ids)
        .bind::<Text, _>(J::KIND)
        .bind::<Timestamptz, _>(life.clock.steady())
        .bind::<Timestamptz, _>(life.clock.planned(run_at));
    kept(rows).execute(&mut connection).await?;
    Ok(ids)
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
    runs_ended: i32,
    failing_since: Option<DateTime<Utc>>,
    run_at: DateTime<Utc>,
}

impl Claimed {
    /// The trace of the request that wrote the job down, continued here.
    pub(crate) fn trace(&self, random: &Random) -> Trace {
        Trace::continued(self.traceparent.as_deref(), self.request_id.as_deref(), random)
    }

    /// Which run this is, of a kind that is retried for so long and so often at least. By the cautious clock: one misread for a moment
    /// gives nothing up.
    pub(crate) fn run(&self, attempts: i32, retry_for: TimeDelta, now: DateTime<Utc>) -> Run {
        let is_spent = self.failing_since.is_some_and(|since| now - since >= retry_for);
        Run {
            number: self.attempts,
            is_last: is_spent && self.attempts >= attempts,
            since: self.failing_since.unwrap_or(self.run_at),
        }
    }

    /// Runs whose process died before they came to an end.
    pub(crate) fn runs_lost(&self) -> i32 {
        self.attempts - 1 - self.runs_ended
    }

    /// Puts the job back, to run at `run_at`; with `failed` it counts as failing since it was due first. Nothing happens when
    /// another has taken it over since; so too below.
    pub(crate) async fn put_back(
        &self,
        connection: &mut AsyncPgConnection,
        why: &str,
        run_at: DateTime<Utc>,
        failed: bool,
    ) -> Result<(), pg::Error> {
        let mine = jobs::table.filter(jobs::id.eq(self.id)).filter(jobs::attempts.eq(self.attempts));
        let failing_since = if failed { self.failing_since.or(Some(self.run_at)) } else { None };
        let released = (
            jobs::locked_until.eq(None::<DateTime<Utc>>),
            jobs::run_at.eq(run_at),
            jobs::last_error.eq(why),
            jobs::failing_since.eq(failing_since),
            jobs::runs_ended.eq(jobs::runs_ended + 1),
        );
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

/// Puts every job that was given up back, in the caller's transaction, to be tried as long as a new one. Gives their number.
///
/// # Errors
/// [`pg::Error`] when the rows cannot be written.
pub async fn retry_given_up(connection: &mut AsyncPgConnection, now: DateTime<Utc>) -> Result<usize, pg::Error> {
    again(connection, None, now).await
}

/// Puts back the job `one`, or all, as [`retry_given_up`] does.
pub(crate) async fn again(
    connection: &mut AsyncPgConnection,
    one: Option<Uuid>,
    now: DateTime<Utc>,
) -> Result<usize, pg::Error> {
    let again = sql_query(AGAIN).bind::<Timestamptz, _>(now).bind::<Nullable<SqlUuid>, _>(one);
    Ok(again.execute(connection).await?)
}

/// Takes up to `count` jobs of `kinds` that are due, for `lease`, but none of `running`.
pub(crate) async fn claim(
    connection: &mut AsyncPgConnection,
    kinds: &[&str],
    running: Vec<Uuid>,
    count: usize,
    now: DateTime<Utc>,
    lease: TimeDelta,
) -> Result<Vec<Claimed>, pg::Error> {
    let due = sql_query(CLAIM)
        .bind::<Timestamptz, _>(now)
        .bind::<Array<Text>, _>(kinds)
        .bind::<BigInt, _>(i64::try_from(count).unwrap_or(i64::MAX))
        .bind::<Timestamptz, _>(now + lease)
        .bind::<Array<SqlUuid>, _>(running);
    Ok(due.load(connection).await?)
}

/// Removes jobs that are done, each by its id and the run that did it: one that another has taken over since stays.
pub(crate) async fn done(connection: &mut AsyncPgConnection, runs: &[(Uuid, i32)]) -> Result<(), pg::Error> {
    let (ids, attempts): (Vec<_>, Vec<_>) = runs.iter().copied().unzip();
    let done = sql_query(DONE).bind::<Array<SqlUuid>, _>(ids).bind::<Array<Integer>, _>(attempts);
    done.execute(connection).await?;
    Ok(())
}
