//! Runs jobs that are due: claims, hands over, records the outcome.

use std::{collections::HashMap, panic::AssertUnwindSafe, rc::Rc, time::Duration};

use chrono::{DateTime, TimeDelta, Utc};
use futures_util::FutureExt;
use metrics::{Counter, counter};
use runtime::{Life, Random};
use tokio::{
    task::JoinSet,
    time::{Instant, sleep, timeout},
};

use crate::{
    handlers::Perform,
    jobs::{Claimed, JobError, claim},
    outage::{Outage, pause},
};

const POLL: Duration = Duration::from_millis(100);
/// Jobs a process runs at once.
const ROOM: usize = 8;
/// A job whose process died is taken over by another after this.
const LEASE: TimeDelta = TimeDelta::seconds(60);
/// Shorter than the lease, so that no job runs twice at once.
const LONGEST: Duration = Duration::from_secs(50);

/// The jobs of one service.
pub(crate) struct JobLoop<A> {
    service: &'static str,
    app: Rc<A>,
    pool: pg::Pool,
    life: Life,
    performers: HashMap<&'static str, Box<dyn Perform<A>>>,
}

impl<A: 'static> JobLoop<A> {
    pub(crate) fn new(
        service: &'static str,
        app: Rc<A>,
        pool: pg::Pool,
        life: Life,
        performers: HashMap<&'static str, Box<dyn Perform<A>>>,
    ) -> Self {
        Self { service, app, pool, life, performers }
    }

    pub(crate) async fn run(self) {
        if self.performers.is_empty() {
            return;
        }
        for kind in self.performers.keys() {
            // From the start, so that the first failure is a change that an alert can see.
            self.failures(kind).increment(0);
        }
        let (jobs, mut running) = (Rc::new(self), JoinSet::new());
        let mut outage = Outage::none(jobs.service, "jobs");
        while !jobs.life.stop.is_cancelled() {
            while running.try_join_next().is_some() {}
            match jobs.claim(ROOM - running.len()).await {
                Ok(claimed) => {
                    outage.is_over();
                    for job in claimed {
                        running.spawn_local(jobs.clone().carry_out(job));
                    }
                    tokio::select! {
                        () = pause(POLL, &jobs.life.stop) => {}
                        Some(_) = running.join_next() => {}
                    }
                }
                Err(why) => outage.pause(&why.into(), &jobs.life.stop).await,
            }
        }
        while running.join_next().await.is_some() {}
    }

    async fn claim(&self, count: usize) -> Result<Vec<Claimed>, pg::Error> {
        if count == 0 {
            return Ok(Vec::new());
        }
        let kinds: Vec<_> = self.performers.keys().copied().collect();
        claim(&mut *self.pool.get().await?, &kinds, count, self.life.clock.now(), LEASE).await
    }

    /// The outcome is recorded with patience: without it a mail that went out goes out again.
    async fn carry_out(self: Rc<Self>, job: Claimed) {
        let outcome = job.trace(&self.life.random).scope(self.perform(&job)).await;
        let done = Instant::now();
        while let Err(why) = self.record(&job, &outcome).await {
            if done.elapsed() > LONGEST {
                tracing::warn!(service = self.service, kind = job.kind, job = %job.id, %why, "a job's outcome is not recorded");
                return;
            }
            sleep(POLL).await;
        }
        if let Err(JobError::GiveUp(why)) = outcome {
            tracing::error!(service = self.service, kind = job.kind, job = %job.id, why, "a job failed for good");
            self.failures(&job.kind).increment(1);
        }
    }

    fn failures(&self, kind: &str) -> Counter {
        counter!("motcua_jobs_failed_total", "service" => self.service, "kind" => kind.to_owned())
    }

    async fn perform(&self, job: &Claimed) -> Result<(), JobError> {
        let Some(performer) = self.performers.get(job.kind.as_str()) else { return Ok(()) };
        if job.attempts > performer.attempts() {
            return Err(JobError::GiveUp("the process died in every run".into()));
        }
        let work = AssertUnwindSafe(performer.perform(&self.app, &job.payload, job.attempts)).catch_unwind();
        let outcome = match timeout(LONGEST, work).await {
            Ok(Ok(outcome)) => outcome,
            Ok(Err(_)) => Err(JobError::Retry("the handler panicked; the log says where".into())),
            Err(_) => Err(JobError::Retry(format!("cut off after {} s", LONGEST.as_secs()))),
        };
        match outcome {
            Err(JobError::Retry(why) | JobError::RetryAt(why, _)) if job.attempts >= performer.attempts() => {
                Err(JobError::GiveUp(why))
            }
            other => other,
        }
    }

    async fn record(&self, job: &Claimed, outcome: &Result<(), JobError>) -> Result<(), pg::Error> {
        let (connection, now) = (&mut *self.pool.get().await?, self.life.clock.now());
        match outcome {
            Ok(()) => job.done(connection).await,
            Err(JobError::Retry(why)) => {
                job.put_back(connection, why, next_run(now, job.attempts, &self.life.random)).await
            }
            Err(JobError::RetryAt(why, run_at)) => job.put_back(connection, why, *run_at).await,
            Err(JobError::GiveUp(why)) => job.fail(connection, why, now).await,
        }
    }
}

/// 5 s after the first run, doubled after each, at most an hour; and up to a quarter more, so that jobs that failed
/// together do not come back together.
fn next_run(now: DateTime<Utc>, attempt: i32, random: &Random) -> DateTime<Utc> {
    let doublings = u32::try_from(attempt - 1).unwrap_or(0).min(10);
    let millis = (5_000_i64 << doublings).min(3_600_000);
    let share = i64::from(u8::from_be_bytes(random.bytes()));
    now + TimeDelta::milliseconds(millis + millis / 4 * share / 255)
}
