//! What a service tidies up once an hour.

use std::sync::{
    Arc,
    atomic::{AtomicI32, Ordering},
};

use anyhow::bail;
use queue::{Subscriptions, Worker};

use crate::fixture::{Fixture, Up, eventually};

#[tokio::test(flavor = "multi_thread")]
async fn an_hourly_task_runs_each_hour_of_the_clock_and_again_after_it_failed() {
    let fixture = Fixture::set().await;
    let (life, runs) = (fixture.life(), Arc::new(AtomicI32::new(0)));
    let worker = Worker::new("sender", runs.clone(), fixture.sender.clone(), life.clone(), &fixture.settings);
    let task = async |runs: &Arc<AtomicI32>| match runs.fetch_add(1, Ordering::SeqCst) {
        0 => bail!("the first time fails"),
        _ => Ok(()),
    };
    let _up = Up::new(&life, worker.start(Subscriptions::new().hourly(task)));
    for hour in 1..=3 {
        assert_eq!(runs.load(Ordering::SeqCst), hour - 1, "not before its hour");
        fixture.advance(3600);
        eventually("the task ran", async || runs.load(Ordering::SeqCst) == hour).await;
    }
    fixture.advance(240 * 3600);
    eventually("the task ran by a wrong clock", async || runs.load(Ordering::SeqCst) == 4).await;
    fixture.advance(-240 * 3600);
    eventually("the clock was put right", async || runs.load(Ordering::SeqCst) == 5).await;
}
