//! What a service does every hour, such as tidying up, and what it does every minute.

use std::{rc::Rc, time::Duration};

use chrono::{DateTime, TimeDelta, Utc};
use futures_util::{FutureExt, future::LocalBoxFuture};
use runtime::Life;

use crate::outage::pause;

/// The clock may be moved by hand, so it is looked at more often than it strikes.
const POLL_INTERVAL: Duration = Duration::from_secs(1);

/// A task without an argument.
pub(crate) trait Tidy<A>: Send {
    fn tidy<'a>(&'a self, app: &'a A) -> LocalBoxFuture<'a, anyhow::Result<()>>;
}

impl<A, F: AsyncFn(&A) -> anyhow::Result<()> + Send> Tidy<A> for F {
    fn tidy<'a>(&'a self, app: &'a A) -> LocalBoxFuture<'a, anyhow::Result<()>> {
        self(app).boxed_local()
    }
}

/// Does `tasks` at the beginning of every minute by the steady clock, and when it begins. One that fails is done again in a minute.
pub(crate) async fn run_each_minute<A>(service: &'static str, app: Rc<A>, life: Life, tasks: Vec<Box<dyn Tidy<A>>>) {
    let mut done = None;
    while !tasks.is_empty() && !life.stop.is_cancelled() {
        let minute = life.clock.steady().timestamp().div_euclid(60);
        if done != Some(minute) {
            done = Some(minute);
            for task in &tasks {
                if let Err(why) = task.tidy(&app).await {
                    tracing::warn!(service, why = format!("{why:#}"), "a task failed; it is done again in a minute");
                }
            }
        }
        pause(POLL_INTERVAL, &life.stop).await;
    }
}

/// Does `tasks` an hour after `begun` and every hour from then on. One that fails is done again in an hour.
pub(crate) async fn run<A>(
    service: &'static str,
    app: Rc<A>,
    life: Life,
    tasks: Vec<Box<dyn Tidy<A>>>,
    begun: DateTime<Utc>,
) {
    let mut next = begun + TimeDelta::hours(1);
    while !life.stop.is_cancelled() {
        let now = life.clock.now();
        // What seems further away was set by a clock that was stepped back since.
        if now >= next || next > now + TimeDelta::hours(1) {
            next = now + TimeDelta::hours(1);
            for task in &tasks {
                if let Err(why) = task.tidy(&app).await {
                    tracing::warn!(
                        service,
                        why = format!("{why:#}"),
                        "an hourly task failed; it is done again in an hour"
                    );
                }
            }
        }
        pause(POLL_INTERVAL, &life.stop).await;
    }
}
