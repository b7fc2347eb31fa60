//! Runs jobs that are due: claims, hands over, records the outcome.

use std::{
    cell::RefCell,
    collections::{HashMap, HashSet},
    panic::AssertUnwindSafe,
    rc::Rc,
    time::Duration,
};

use chrono::{DateTime, TimeDelta, Utc};
use futures_util::FutureExt;
use metrics::{Counter, counter};
use pg::Batcher;
use runtime::{
    Life, Random, failpoint,
    spans::{self, Doing},
};
use tokio::{
    select,
    sync::Notify,
    task::JoinSet,
    time::{Instant, sleep, timeout},
};
use uuid::Uuid;

use crate::{
    handlers::Perform,
    jobs::{Claimed, JobError, Run, claim, done},
    outage::{Outage, pause},
};

const POLL: Duration = Duration::from_millis(100);
/// Jobs a process runs at once.
const ROOM: usize = 32;
/// When more are due than there is room for, the next are claimed as soon as so many can be at once.
const HANDFUL: usize = 16;
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
    jobs_written: Rc<Notify>,
    done: Batcher<(Uuid, i32), ()>,
    /// What runs here, whatever its lease says: a clock that is stepped forward ends it too soon.
    mine: RefCell<HashSet<Uuid>>,
}

impl<A: 'static> JobLoop<A> {
    /// `jobs_written` tells that handlers in this process may have written jobs, so that they need not wait for the next look.
    pub(crate) fn new(
        service: &'static str,
        app: Rc<A>,
        pool: pg::Pool,
        life: Life,
        performers: HashMap<&'static str, Box<dyn Perform<A>>>,
        jobs_written: Rc<Notify>,
    ) -> Self {
        Self { service, app, pool, life, performers, jobs_written, done: Batcher::default(), mine: RefCell::default() }
    }

    pub(crate) async fn run(self) {
        if self.performers.is_empty() {
            return;
        }
        for kind in self.performers.keys() {
            // From the start, so that the first failure is a change that an alert can see.
            self.failures(kind).increment(0);
            self.put_off(kind).increment(0);
        }
        let (jobs, mut running) = (Rc::new(self), JoinSet::new());
        let mut outage = Outage::none(jobs.service, "jobs");
        while !jobs.life.stop.is_cancelled() {
            while running.try_join_next().is_some() {}
            let room = ROOM - running.len();
            match jobs.claim(room).await {
                Ok(claimed) => {
                    outage.is_over();
                    let is_full = claimed.len() == room;
                    for job in claimed {
                        jobs.mine.borrow_mut().insert(job.id);
                        running.spawn_local(jobs.clone().carry_out(job));
                    }
                    jobs.wait(&mut running, is_full).await;
                }
                Err(why) => outage.pause(&why.into(), &jobs.life.stop).await,
            }
        }
        while running.join_next().await.is_some() {}
    }

    /// Until jobs may have been written or, when `is_full`, room for a handful; a tenth of a second at most.
    async fn wait(&self, running: &mut JoinSet<()>, is_full: bool) {
        let room = async { while running.len() > ROOM - HANDFUL && running.join_next().await.is_some() {} };
        select! {
            () = pause(POLL, &self.life.stop) => {}
            () = self.jobs_written.notified(), if !is_full => {}
            () = room, if is_full => {}
        }
    }

    async fn claim(&self, count: usize) -> Result<Vec<Claimed>, pg::Error> {
        if count == 0 {
            return Ok(Vec::new());
        }
        let kinds: Vec<_> = self.performers.keys().copied().collect();
        let mine = self.mine.borrow().iter().copied().collect();
        claim(&mut *self.pool.get().await?, &kinds, mine, count, self.life.clock.steady(), LEASE).await
    }

    async fn carry_out(self: Rc<Self>, job: Claimed) {
        self.carry_through(&job).await;
        self.mine.borrow_mut().remove(&job.id);
    }

    /// The outcome is recorded with patience: without it a mail that went out goes out again.
    async fn carry_through(&self, job: &Claimed) {
        let (trace, began) = (job.trace(&self.life.random), runtime::machine_time());
        let outcome = trace.clone().scope(self.perform(job)).await;
        spans::ended(&trace, self.service, Doing::Handling, began, outcome.is_err(), || job.kind.clone());
        failpoint("job: done, not noted");
        let done = Instant::now();
        while let Err(why) = self.record(job, &outcome).await {
            if done.elapsed() > LONGEST {
                tracing::warn!(service = self.service, kind = job.kind, job = %job.id, %why, "a job's outcome is not recorded");
                return;
            }
            sleep(POLL).await;
        }
        match outcome {
            Ok(()) | Err(JobError::NotYet(..)) => {}
            Err(JobError::Retry(_) | JobError::RetryAt(..)) => self.put_off(&job.kind).increment(1),
            Err(JobError::GiveUp(why)) => {
                tracing::error!(service = self.service, kind = job.kind, job = %job.id, why, "a job is given up");
                self.failures(&job.kind).increment(1);
            }
        }
    }

    fn put_off(&self, kind: &str) -> Counter {
        counter!("motcua_jobs_put_off_total", "service" => self.service, "kind" => kind.to_owned())
    }

    fn failures(&self, kind: &str) -> Counter {
        counter!("motcua_jobs_failed_total", "service" => self.service, "kind" => kind.to_owned())
    }

    async fn perform(&self, job: &Claimed) -> Result<(), JobError> {
        let Some(performer) = self.performers.get(job.kind.as_str()) else { return Ok(()) };
        if job.runs_lost() >= performer.attempts() {
            return Err(JobError::GiveUp("the process died in every run".into()));
        }
        let run: Run = job.run(performer.attempts(), performer.retry_for(), self.life.clock.cautious());
        let work = AssertUnwindSafe(performer.perform(&self.app, &job.payload, run)).catch_unwind();
        let outcome = match timeout(LONGEST, work).await {
            Ok(Ok(outcome)) => outcome,
            Ok(Err(_)) => Err(JobError::Retry("the handler panicked; the log says where".into())),
            Err(_) => Err(JobError::Retry(format!("cut off after {} s", LONGEST.as_secs()))),
        };
        match outcome {
            Err(JobError::Retry(why) | JobError::RetryAt(why, _)) if run.is_last => Err(JobError::GiveUp(why)),
            other => other,
        }
    }

    async fn record(&self, job: &Claimed, outcome: &Result<(), JobError>) -> Result<(), pg::Error> {
        match outcome {
            Ok(()) => self.remove(job).await,
            Err(why) => self.record_failure(job, why).await,
        }
    }

    /// With the others that are done at this moment.
    async fn remove(&self, job: &Claimed) -> Result<(), pg::Error> {
        let delete = async |runs: &[(Uuid, i32)]| {
            done(&mut *self.pool.get().await?, runs).await?;
            Ok(vec![(); runs.len()])
        };
        self.done.load((job.id, job.attempts), delete).await
    }

    async fn record_failure(&self, job: &Claimed, failure: &JobError) -> Result<(), pg::Error> {
        let (connection, now) = (&mut *self.pool.get().await?, self.life.clock.steady());
        match failure {
            JobError::Retry(why) => {
                job.put_back(connection, why, next_run(now, job.attempts, &self.life.random), true).await
            }
            JobError::RetryAt(why, run_at) => job.put_back(connection, why, *run_at, true).await,
            JobError::NotYet(why, run_at) => job.put_back(connection, why, *run_at, false).await,
            JobError::GiveUp(why) => job.fail(connection, why, now).await,
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
