//! Jobs.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicI32, Ordering},
};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use queue::{Job, JobError, Run, Subscriptions, enqueue, enqueue_all, retry_given_up};
use runtime::{Random, Trace};
use serde::{Deserialize, Serialize};
use tokio::sync::Semaphore;

use crate::stage::{Stage, Up, eventually, patiently};

const LEFT: &str = "select count(*) as number from jobs";
const FAILED: &str = "select count(*) as number from jobs where failed_at is not null";

#[derive(Serialize, Deserialize)]
struct Remind {
    number: i32,
}

impl Job for Remind {
    const KIND: &'static str = "remind";
    const ATTEMPTS: i32 = 3;
    const RETRY_FOR: TimeDelta = TimeDelta::zero();
}

/// As most jobs are.
#[derive(Serialize, Deserialize)]
struct Write {}

impl Job for Write {
    const KIND: &'static str = "write";
}

type Outcome = dyn Fn(i32) -> Result<(), JobError> + Send + Sync;

#[derive(Clone)]
struct Desk {
    outcome: Arc<Outcome>,
    attempts: Arc<Mutex<Vec<i32>>>,
    traces: Arc<Mutex<Vec<Trace>>>,
    gate: Arc<Semaphore>,
    at_once: Arc<AtomicI32>,
    most_at_once: Arc<AtomicI32>,
}

impl Desk {
    fn new(outcome: impl Fn(i32) -> Result<(), JobError> + Send + Sync + 'static) -> Self {
        Self {
            outcome: Arc::new(outcome),
            attempts: Arc::default(),
            traces: Arc::default(),
            gate: Arc::new(Semaphore::new(Semaphore::MAX_PERMITS)),
            at_once: Arc::default(),
            most_at_once: Arc::default(),
        }
    }

    fn gated(mut self) -> Self {
        self.gate = Arc::new(Semaphore::new(0));
        self
    }

    fn attempts(&self) -> Vec<i32> {
        self.attempts.lock().unwrap().clone()
    }

    async fn remind(&self, _: Remind, run: Run) -> Result<(), JobError> {
        self.carry_out(run).await
    }

    async fn write(&self, _: Write, run: Run) -> Result<(), JobError> {
        self.carry_out(run).await
    }

    async fn carry_out(&self, run: Run) -> Result<(), JobError> {
        self.attempts.lock().unwrap().push(run.number);
        self.traces.lock().unwrap().extend(Trace::current());
        let at_once = self.at_once.fetch_add(1, Ordering::SeqCst) + 1;
        self.most_at_once.fetch_max(at_once, Ordering::SeqCst);
        self.gate.acquire().await.unwrap().forget();
        self.at_once.fetch_sub(1, Ordering::SeqCst);
        (self.outcome)(run.number)
    }
}

fn start(stage: &Stage, desk: &Desk) -> Up {
    let life = stage.life();
    let worker = queue::Worker::new("desk", desk.clone(), stage.listener.clone(), life.clone(), &stage.settings);
    Up::new(&life, worker.start(Subscriptions::new().job::<Remind>(Desk::remind).job::<Write>(Desk::write)))
}

async fn write(stage: &Stage) {
    let (life, now) = (stage.life(), stage.clock.now());
    let write =
        async || stage.listener.transaction(async |connection| enqueue(connection, &life, &Write {}, now).await).await;
    patiently(write).await;
}

async fn remind_at(stage: &Stage, number: i32, run_at: DateTime<Utc>) {
    let (life, job) = (stage.life(), Remind { number });
    let write =
        async || stage.listener.transaction(async |connection| enqueue(connection, &life, &job, run_at).await).await;
    patiently(write).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_runs_at_its_time_and_is_gone() {
    let stage = Stage::set().await;
    let desk = Desk::new(|_| Ok(()));
    let _up = start(&stage, &desk);
    remind_at(&stage, 1, stage.clock.now() + TimeDelta::hours(1)).await;
    remind_at(&stage, 2, stage.clock.now()).await;
    eventually("the one that is due", async || stage.listener_count(LEFT).await == 1).await;
    stage.advance(3600);
    eventually("the other", async || stage.listener_count(LEFT).await == 0).await;
    assert_eq!(desk.attempts(), [1, 1]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rolled_back_job_never_runs() {
    let stage = Stage::set().await;
    let undone = stage.listener.transaction(async |connection| {
        enqueue(connection, &stage.life(), &Remind { number: 1 }, stage.clock.now()).await?;
        Err::<(), _>(pg::Error::NotFound)
    });
    undone.await.unwrap_err();
    assert_eq!(stage.listener_count(LEFT).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failing_job_waits_longer_each_time_and_is_kept_when_its_attempts_are_spent() {
    let stage = Stage::set().await;
    let desk = Desk::new(|_| Err(JobError::Retry("the line is busy".into())));
    let _up = start(&stage, &desk);
    let begin = stage.clock.now();
    remind_at(&stage, 1, begin).await;
    let waits = "select count(*) as number from jobs where locked_until is null and last_error = 'the line is busy'
        and extract(epoch from run_at - '2026-11-23T01:00:00Z') between";
    let first = format!("{waits} 5 and 6.25");
    eventually("5 s", async || stage.listener_count(&first).await == 1).await;
    stage.advance(7);
    let second = format!("{waits} 17 and 19.5");
    eventually("10 s", async || stage.listener_count(&second).await == 1).await;
    stage.advance(13);
    eventually("failed", async || stage.listener_count(FAILED).await == 1).await;
    stage.advance(86_400);
    assert_eq!(desk.attempts(), [1, 2, 3]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failing_job_is_tried_for_five_days_and_given_up_then() {
    let stage = Stage::set().await;
    let desk = Desk::new(|_| Err(JobError::Retry("451".into())));
    let _up = start(&stage, &desk);
    write(&stage).await;
    for run in 1..=14 {
        eventually("a run", async || desk.attempts().len() == run).await;
        let put_back = format!("select count(*) as number from jobs where runs_ended = {run} and failed_at is null");
        eventually("put back", async || stage.listener_count(&put_back).await == 1).await;
        stage.advance(8 * 3600);
    }
    stage.advance(8 * 3600);
    eventually("given up", async || stage.listener_count(FAILED).await == 1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_that_waits_for_days_without_a_worker_is_not_given_up_at_once() {
    let stage = Stage::set().await;
    let desk = Desk::new(|_| Err(JobError::Retry("451".into())));
    let up = start(&stage, &desk);
    write(&stage).await;
    let put_back = "select count(*) as number from jobs where runs_ended = 1";
    eventually("put back", async || stage.listener_count(put_back).await == 1).await;
    up.stop().await;
    stage.advance(7 * 86_400);
    let _up = start(&stage, &desk);
    let again = "select count(*) as number from jobs where runs_ended = 2 and failed_at is null";
    eventually("put back again", async || stage.listener_count(again).await == 1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_given_up_is_tried_as_a_new_one_when_somebody_asks_for_it() {
    let stage = Stage::set().await;
    let desk = Desk::new(|_| Err(JobError::GiveUp("no such address".into())));
    let up = start(&stage, &desk);
    write(&stage).await;
    eventually("given up", async || stage.listener_count(FAILED).await == 1).await;
    up.stop().await;
    let now = stage.clock.now();
    let again = stage.listener.transaction(async |connection| retry_given_up(connection, now).await);
    assert_eq!(again.await.unwrap(), 1);
    let mended = Desk::new(|_| Ok(()));
    let _up = start(&stage, &mended);
    eventually("done", async || stage.listener_count(LEFT).await == 0).await;
    assert_eq!(mended.attempts(), [1]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_may_name_the_time_of_its_next_run_or_give_up() {
    let stage = Stage::set().await;
    let at = stage.clock.now() + TimeDelta::hours(2);
    let desk = Desk::new(move |attempt| match attempt {
        1 => Err(JobError::RetryAt("closed".into(), at)),
        _ => Err(JobError::GiveUp("no such address".into())),
    });
    let _up = start(&stage, &desk);
    remind_at(&stage, 1, stage.clock.now()).await;
    let put_back = "select count(*) as number from jobs where run_at = '2026-11-23T03:00:00Z' and locked_until is null";
    eventually("put back", async || stage.listener_count(put_back).await == 1).await;
    stage.advance(7200);
    eventually("failed", async || stage.listener_count(FAILED).await == 1).await;
    assert_eq!(desk.attempts(), [1, 2]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_whose_process_hangs_is_taken_over_when_its_lease_is_over() {
    let stage = Stage::set().await;
    let hanging = Desk::new(|_| Ok(())).gated();
    let _hanging = start(&stage, &hanging);
    remind_at(&stage, 1, stage.clock.now()).await;
    eventually("taken", async || hanging.attempts() == [1]).await;
    let other = Desk::new(|_| Err(JobError::GiveUp("seen".into())));
    let _other = start(&stage, &other);
    stage.advance(59);
    remind_at(&stage, 2, stage.clock.now()).await;
    eventually("the second job", async || hanging.attempts().len() + other.attempts().len() == 2).await;
    stage.advance(1);
    eventually("taken over", async || hanging.attempts().contains(&2) || other.attempts().contains(&2)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_that_runs_is_not_begun_again_beside_itself_when_the_clock_is_stepped() {
    let stage = Stage::set().await;
    let desk = Desk::new(|_| Ok(())).gated();
    let _up = start(&stage, &desk);
    remind_at(&stage, 1, stage.clock.now()).await;
    eventually("taken", async || desk.attempts() == [1]).await;
    stage.advance(3600);
    remind_at(&stage, 2, stage.clock.now()).await;
    eventually("the second job", async || desk.attempts().len() >= 2).await;
    assert_eq!(desk.attempts(), [1, 1]);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_who_lost_the_lease_cannot_settle_the_job() {
    let stage = Stage::set().await;
    let slow = Desk::new(|_| Ok(())).gated();
    let up = start(&stage, &slow);
    remind_at(&stage, 1, stage.clock.now()).await;
    eventually("taken", async || slow.attempts() == [1]).await;
    up.tell_to_stop();
    stage.advance(60);
    let quick = Desk::new(|_| Err(JobError::RetryAt("later".into(), "2027-01-01T00:00:00Z".parse().unwrap())));
    let _quick = start(&stage, &quick);
    eventually("taken over", async || quick.attempts() == [2]).await;
    slow.gate.add_permits(1);
    up.stop().await;
    assert_eq!(stage.listener_count(LEFT).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_whose_process_died_in_every_run_is_given_up_without_another() {
    let stage = Stage::set().await;
    remind_at(&stage, 1, stage.clock.now()).await;
    diesel_async::SimpleAsyncConnection::batch_execute(
        &mut *stage.listener.get().await.unwrap(),
        "update jobs set attempts = 3, locked_until = '2026-11-23T01:00:00Z'",
    )
    .await
    .unwrap();
    let desk = Desk::new(|_| Ok(()));
    let _up = start(&stage, &desk);
    eventually("failed", async || stage.listener_count(FAILED).await == 1).await;
    assert!(desk.attempts().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_of_a_kind_not_known_here_waits() {
    #[derive(Serialize, Deserialize)]
    struct Later {}
    impl Job for Later {
        const KIND: &'static str = "later";
    }
    let stage = Stage::set().await;
    let desk = Desk::new(|_| Ok(()));
    let _up = start(&stage, &desk);
    let (life, now) = (stage.life(), stage.clock.now());
    let later = stage.listener.transaction(async |connection| enqueue(connection, &life, &Later {}, now).await);
    later.await.unwrap();
    remind_at(&stage, 1, now).await;
    eventually("the known one", async || stage.listener_count(LEFT).await == 1).await;
    assert_eq!(stage.listener_count("select attempts::bigint as number from jobs").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn thirty_two_jobs_run_at_once_and_no_more() {
    let stage = Stage::set().await;
    let desk = Desk::new(|_| Ok(())).gated();
    let _up = start(&stage, &desk);
    let (life, jobs): (_, Vec<_>) = (stage.life(), (0..80).map(|number| Remind { number }).collect());
    let jobs: Vec<_> = jobs.iter().map(|job| (job, None)).collect();
    let write = async || {
        let now = stage.clock.now();
        stage.listener.transaction(async |connection| enqueue_all(connection, &life, &jobs, now).await).await
    };
    patiently(write).await;
    eventually("thirty-two", async || desk.attempts().len() == 32).await;
    desk.gate.add_permits(80);
    eventually("all", async || stage.listener_count(LEFT).await == 0).await;
    assert_eq!((desk.attempts().len(), desk.most_at_once.load(Ordering::SeqCst)), (80, 32));
}

#[tokio::test(flavor = "multi_thread")]
async fn while_some_jobs_hang_the_others_run() {
    let stage = Stage::set().await;
    let desk = Desk::new(|_| Ok(())).gated();
    let _up = start(&stage, &desk);
    for number in 0..40 {
        remind_at(&stage, number, stage.clock.now()).await;
    }
    eventually("the room is full", async || desk.attempts().len() == 32).await;
    // Less than the handful for which it would rather wait.
    desk.gate.add_permits(3);
    eventually("three more", async || desk.attempts().len() == 35).await;
    desk.gate.add_permits(40);
    eventually("all", async || stage.listener_count(LEFT).await == 0).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_trace_and_the_request_id_arrive_in_the_job() {
    let stage = Stage::set().await;
    let desk = Desk::new(|_| Ok(()));
    let _up = start(&stage, &desk);
    let trace = Trace::continued(None, Some("request-9"), &Random::system());
    trace.clone().scope(remind_at(&stage, 1, stage.clock.now())).await;
    eventually("done", async || stage.listener_count(LEFT).await == 0).await;
    let traces = desk.traces.lock().unwrap();
    assert_eq!((traces[0].id(), traces[0].request_id()), (trace.id(), "request-9"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_panicking_job_is_tried_again() {
    let stage = Stage::set().await;
    let desk = Desk::new(|attempt| if attempt == 1 { panic!("as the test wants it") } else { Ok(()) });
    let _up = start(&stage, &desk);
    remind_at(&stage, 1, stage.clock.now()).await;
    let put_back = "select count(*) as number from jobs where last_error like '%panicked%'";
    eventually("put back", async || stage.listener_count(put_back).await == 1).await;
    stage.advance(7);
    eventually("done", async || stage.listener_count(LEFT).await == 0).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn stop_finishes_the_job_under_way_and_takes_no_other() {
    let stage = Stage::set().await;
    let desk = Desk::new(|_| Ok(())).gated();
    let up = start(&stage, &desk);
    remind_at(&stage, 1, stage.clock.now()).await;
    eventually("under way", async || desk.attempts().len() == 1).await;
    up.tell_to_stop();
    desk.gate.add_permits(1);
    tokio::time::timeout(Duration::from_secs(10), up.stop()).await.expect("stops in order");
    remind_at(&stage, 2, stage.clock.now()).await;
    assert_eq!((stage.listener_count(LEFT).await, desk.attempts()), (1, vec![1]));
}
