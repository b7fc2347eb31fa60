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

use crate::fixture::{Fixture, Up, eventually, patiently};

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

fn start(fixture: &Fixture, desk: &Desk) -> Up {
    let life = fixture.life();
    let worker = queue::Worker::new("desk", desk.clone(), fixture.listener.clone(), life.clone(), &fixture.settings);
    Up::new(&life, worker.start(Subscriptions::new().job::<Remind>(Desk::remind).job::<Write>(Desk::write)))
}

async fn write(fixture: &Fixture) {
    let (life, now) = (fixture.life(), fixture.clock.now());
    let write = async || {
        fixture.listener.transaction(async |connection| enqueue(connection, &life, &Write {}, now).await).await
    };
    patiently(write).await;
}

async fn remind_at(fixture: &Fixture, number: i32, run_at: DateTime<Utc>) {
    let (life, job) = (fixture.life(), Remind { number });
    let write =
        async || fixture.listener.transaction(async |connection| enqueue(connection, &life, &job, run_at).await).await;
    patiently(write).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_runs_at_its_time_and_is_gone() {
    let fixture = Fixture::set().await;
    let desk = Desk::new(|_| Ok(()));
    let _up = start(&fixture, &desk);
    remind_at(&fixture, 1, fixture.clock.now() + TimeDelta::hours(1)).await;
    remind_at(&fixture, 2, fixture.clock.now()).await;
    eventually("the one that is due", async || fixture.listener_count(LEFT).await == 1).await;
    fixture.advance(3600);
    eventually("the other", async || fixture.listener_count(LEFT).await == 0).await;
    assert_eq!(desk.attempts(), [1, 1]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rolled_back_job_never_runs() {
    let fixture = Fixture::set().await;
    let undone = fixture.listener.transaction(async |connection| {
        enqueue(connection, &fixture.life(), &Remind { number: 1 }, fixture.clock.now()).await?;
        Err::<(), _>(pg::Error::NotFound)
    });
    undone.await.unwrap_err();
    assert_eq!(fixture.listener_count(LEFT).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failing_job_waits_longer_each_time_and_is_kept_when_its_attempts_are_spent() {
    let fixture = Fixture::set().await;
    let desk = Desk::new(|_| Err(JobError::Retry("the line is busy".into())));
    let _up = start(&fixture, &desk);
    let begin = fixture.clock.now();
    remind_at(&fixture, 1, begin).await;
    let waits = "select count(*) as number from jobs where locked_until is null and last_error = 'the line is busy'
        and extract(epoch from run_at - '2026-11-23T01:00:00Z') between";
    let first = format!("{waits} 5 and 6.25");
    eventually("5 s", async || fixture.listener_count(&first).await == 1).await;
    fixture.advance(7);
    let second = format!("{waits} 17 and 19.5");
    eventually("10 s", async || fixture.listener_count(&second).await == 1).await;
    fixture.advance(13);
    eventually("failed", async || fixture.listener_count(FAILED).await == 1).await;
    fixture.advance(86_400);
    assert_eq!(desk.attempts(), [1, 2, 3]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failing_job_is_tried_for_five_days_and_given_up_then() {
    let fixture = Fixture::set().await;
    let desk = Desk::new(|_| Err(JobError::Retry("451".into())));
    let _up = start(&fixture, &desk);
    write(&fixture).await;
    for run in 1..=14 {
        eventually("a run", async || desk.attempts().len() == run).await;
        let put_back = format!("select count(*) as number from jobs where runs_ended = {run} and failed_at is null");
        eventually("put back", async || fixture.listener_count(&put_back).await == 1).await;
        fixture.advance(8 * 3600);
    }
    fixture.advance(8 * 3600);
    eventually("given up", async || fixture.listener_count(FAILED).await == 1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_that_waits_for_days_without_a_worker_is_not_given_up_at_once() {
    let fixture = Fixture::set().await;
    let desk = Desk::new(|_| Err(JobError::Retry("451".into())));
    let up = start(&fixture, &desk);
    write(&fixture).await;
    let put_back = "select count(*) as number from jobs where runs_ended = 1";
    eventually("put back", async || fixture.listener_count(put_back).await == 1).await;
    up.stop().await;
    fixture.advance(7 * 86_400);
    let _up = start(&fixture, &desk);
    let again = "select count(*) as number from jobs where runs_ended = 2 and failed_at is null";
    eventually("put back again", async || fixture.listener_count(again).await == 1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_given_up_is_tried_as_a_new_one_when_somebody_asks_for_it() {
    let fixture = Fixture::set().await;
    let desk = Desk::new(|_| Err(JobError::GiveUp("no such address".into())));
    let up = start(&fixture, &desk);
    write(&fixture).await;
    eventually("given up", async || fixture.listener_count(FAILED).await == 1).await;
    up.stop().await;
    let now = fixture.clock.now();
    let again = fixture.listener.transaction(async |connection| retry_given_up(connection, now).await);
    assert_eq!(again.await.unwrap(), 1);
    let mended = Desk::new(|_| Ok(()));
    let _up = start(&fixture, &mended);
    eventually("done", async || fixture.listener_count(LEFT).await == 0).await;
    assert_eq!(mended.attempts(), [1]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_may_name_the_time_of_its_next_run_or_give_up() {
    let fixture = Fixture::set().await;
    let at = fixture.clock.now() + TimeDelta::hours(2);
    let desk = Desk::new(move |attempt| match attempt {
        1 => Err(JobError::RetryAt("closed".into(), at)),
        _ => Err(JobError::GiveUp("no such address".into())),
    });
    let _up = start(&fixture, &desk);
    remind_at(&fixture, 1, fixture.clock.now()).await;
    let put_back = "select count(*) as number from jobs where run_at = '2026-11-23T03:00:00Z' and locked_until is null";
    eventually("put back", async || fixture.listener_count(put_back).await == 1).await;
    fixture.advance(7200);
    eventually("failed", async || fixture.listener_count(FAILED).await == 1).await;
    assert_eq!(desk.attempts(), [1, 2]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_whose_process_hangs_is_taken_over_when_its_lease_is_over() {
    let fixture = Fixture::set().await;
    let hanging = Desk::new(|_| Ok(())).gated();
    let _hanging = start(&fixture, &hanging);
    remind_at(&fixture, 1, fixture.clock.now()).await;
    eventually("taken", async || hanging.attempts() == [1]).await;
    let other = Desk::new(|_| Err(JobError::GiveUp("seen".into())));
    let _other = start(&fixture, &other);
    fixture.advance(59);
    remind_at(&fixture, 2, fixture.clock.now()).await;
    eventually("the second job", async || hanging.attempts().len() + other.attempts().len() == 2).await;
    fixture.advance(1);
    eventually("taken over", async || hanging.attempts().contains(&2) || other.attempts().contains(&2)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_that_runs_is_not_begun_again_beside_itself_when_the_clock_is_stepped() {
    let fixture = Fixture::set().await;
    let desk = Desk::new(|_| Ok(())).gated();
    let _up = start(&fixture, &desk);
    remind_at(&fixture, 1, fixture.clock.now()).await;
    eventually("taken", async || desk.attempts() == [1]).await;
    fixture.advance(3600);
    remind_at(&fixture, 2, fixture.clock.now()).await;
    eventually("the second job", async || desk.attempts().len() >= 2).await;
    assert_eq!(desk.attempts(), [1, 1]);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_who_lost_the_lease_cannot_settle_the_job() {
    let fixture = Fixture::set().await;
    let slow = Desk::new(|_| Ok(())).gated();
    let up = start(&fixture, &slow);
    remind_at(&fixture, 1, fixture.clock.now()).await;
    eventually("taken", async || slow.attempts() == [1]).await;
    up.tell_to_stop();
    fixture.advance(60);
    let quick = Desk::new(|_| Err(JobError::RetryAt("later".into(), "2027-01-01T00:00:00Z".parse().unwrap())));
    let _quick = start(&fixture, &quick);
    eventually("taken over", async || quick.attempts() == [2]).await;
    slow.gate.add_permits(1);
    up.stop().await;
    assert_eq!(fixture.listener_count(LEFT).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_whose_process_died_in_every_run_is_given_up_without_another() {
    let fixture = Fixture::set().await;
    remind_at(&fixture, 1, fixture.clock.now()).await;
    diesel_async::SimpleAsyncConnection::batch_execute(
        &mut *fixture.listener.get().await.unwrap(),
        "update jobs set attempts = 3, locked_until = '2026-11-23T01:00:00Z'",
    )
    .await
    .unwrap();
    let desk = Desk::new(|_| Ok(()));
    let _up = start(&fixture, &desk);
    eventually("failed", async || fixture.listener_count(FAILED).await == 1).await;
    assert!(desk.attempts().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_of_a_kind_not_known_here_waits() {
    #[derive(Serialize, Deserialize)]
    struct Later {}
    impl Job for Later {
        const KIND: &'static str = "later";
    }
    let fixture = Fixture::set().await;
    let desk = Desk::new(|_| Ok(()));
    let _up = start(&fixture, &desk);
    let (life, now) = (fixture.life(), fixture.clock.now());
    let later = fixture.listener.transaction(async |connection| enqueue(connection, &life, &Later {}, now).await);
    later.await.unwrap();
    remind_at(&fixture, 1, now).await;
    eventually("the known one", async || fixture.listener_count(LEFT).await == 1).await;
    assert_eq!(fixture.listener_count("select attempts::bigint as number from jobs").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn thirty_two_jobs_run_at_once_and_no_more() {
    let fixture = Fixture::set().await;
    let desk = Desk::new(|_| Ok(())).gated();
    let _up = start(&fixture, &desk);
    let (life, jobs): (_, Vec<_>) = (fixture.life(), (0..80).map(|number| Remind { number }).collect());
    let jobs: Vec<_> = jobs.iter().map(|job| (job, None)).collect();
    let write = async || {
        let now = fixture.clock.now();
        fixture.listener.transaction(async |connection| enqueue_all(connection, &life, &jobs, now).await).await
    };
    patiently(write).await;
    eventually("thirty-two", async || desk.attempts().len() == 32).await;
    desk.gate.add_permits(80);
    eventually("all", async || fixture.listener_count(LEFT).await == 0).await;
    assert_eq!((desk.attempts().len(), desk.most_at_once.load(Ordering::SeqCst)), (80, 32));
}

#[tokio::test(flavor = "multi_thread")]
async fn while_some_jobs_hang_the_others_run() {
    let fixture = Fixture::set().await;
    let desk = Desk::new(|_| Ok(())).gated();
    let _up = start(&fixture, &desk);
    for number in 0..40 {
        remind_at(&fixture, number, fixture.clock.now()).await;
    }
    eventually("the room is full", async || desk.attempts().len() == 32).await;
    // Less than the handful for which it would rather wait.
    desk.gate.add_permits(3);
    eventually("three more", async || desk.attempts().len() == 35).await;
    desk.gate.add_permits(40);
    eventually("all", async || fixture.listener_count(LEFT).await == 0).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_trace_and_the_request_id_arrive_in_the_job() {
    let fixture = Fixture::set().await;
    let desk = Desk::new(|_| Ok(()));
    let _up = start(&fixture, &desk);
    let trace = Trace::continued(None, Some("request-9"), &Random::system());
    trace.clone().scope(remind_at(&fixture, 1, fixture.clock.now())).await;
    eventually("done", async || fixture.listener_count(LEFT).await == 0).await;
    let traces = desk.traces.lock().unwrap();
    assert_eq!((traces[0].id(), traces[0].request_id()), (trace.id(), "request-9"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_panicking_job_is_tried_again() {
    let fixture = Fixture::set().await;
    let desk = Desk::new(|attempt| if attempt == 1 { panic!("as the test wants it") } else { Ok(()) });
    let _up = start(&fixture, &desk);
    remind_at(&fixture, 1, fixture.clock.now()).await;
    let put_back = "select count(*) as number from jobs where last_error like '%panicked%'";
    eventually("put back", async || fixture.listener_count(put_back).await == 1).await;
    fixture.advance(7);
    eventually("done", async || fixture.listener_count(LEFT).await == 0).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn stop_finishes_the_job_under_way_and_takes_no_other() {
    let fixture = Fixture::set().await;
    let desk = Desk::new(|_| Ok(())).gated();
    let up = start(&fixture, &desk);
    remind_at(&fixture, 1, fixture.clock.now()).await;
    eventually("under way", async || desk.attempts().len() == 1).await;
    up.tell_to_stop();
    desk.gate.add_permits(1);
    tokio::time::timeout(Duration::from_secs(10), up.stop()).await.expect("stops in order");
    remind_at(&fixture, 2, fixture.clock.now()).await;
    assert_eq!((fixture.listener_count(LEFT).await, desk.attempts()), (1, vec![1]));
}
