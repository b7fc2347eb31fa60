//! What a service tidies up once an hour.

use std::sync::{
    Arc,
    atomic::{AtomicI32, Ordering},
};

use anyhow::bail;
use queue::{Subscriptions, Worker};

use crate::stage::{Stage, Up, eventually};

#[tokio::test(flavor = "multi_thread")]
async fn an_hourly_task_runs_each_hour_of_the_clock_and_again_after_it_failed() {
    let stage = Stage::set().await;
    let (life, runs) = (stage.life(), Arc::new(AtomicI32::new(0)));
    let worker = Worker::new("sender", runs.clone(), stage.sender.clone(), life.clone(), &stage.settings);
    let task = async |runs: &Arc<AtomicI32>| match runs.fetch_add(1, Ordering::SeqCst) {
        0 => bail!("the first time fails"),
        _ => Ok(()),
    };
    let _up = Up::new(&life, worker.start(Subscriptions::new().hourly(task)));
    for hour in 1..=3 {
        assert_eq!(runs.load(Ordering::SeqCst), hour - 1, "not before its hour");
        stage.advance(3600);
        eventually("the task ran", async || runs.load(Ordering::SeqCst) == hour).await;
    }
}
