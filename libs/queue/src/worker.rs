//! A service's background work, put together: the relay, the consumer and the jobs, on a thread of their own.

use std::rc::Rc;

use chrono::{DateTime, Utc};
use diesel::{dsl::sql, sql_types::Timestamptz};
use diesel_async::RunQueryDsl;
use runtime::{Life, Running, on_own_thread};
use tokio::sync::Notify;

use crate::{
    Settings, Subscriptions, consumer::Consumer, dead_letter, gauges, hourly, job_loop::JobLoop, outage::Outage,
    relay::Relay, streams::Streams,
};

/// The background work of one service, whose handlers are given `&A`.
pub struct Worker<A> {
    service: &'static str,
    app: A,
    pool: pg::Pool,
    life: Life,
    settings: Settings,
}

impl<A: Send + 'static> Worker<A> {
    /// The worker of `service`: it publishes the outbox, and does what it is started with.
    pub fn new(service: &'static str, app: A, pool: pg::Pool, life: Life, settings: &Settings) -> Self {
        Self { service, app, pool, life, settings: settings.clone() }
    }

    /// Starts doing as `subscriptions` say. Stops when `life.stop` is cancelled, after the handlers under way.
    pub fn start(self, subscriptions: Subscriptions<A>) -> Running {
        let begun = self.life.clock.now();
        let finished = on_own_thread(&format!("{} worker", self.service), move || self.run(subscriptions, begun));
        Running { address: None, finished }
    }

    async fn run(self, subscriptions: Subscriptions<A>, begun: DateTime<Utc>) -> anyhow::Result<()> {
        let Self { service, app, pool, life, settings } = self;
        compare_clocks(service, &pool, &life).await;
        let Subscriptions { listeners, performers, tasks, minute_tasks, .. } = subscriptions;
        let (app, streams) = (Rc::new(app), Rc::new(Streams::new(&settings)?));
        let relay = Relay::new(service, pool.clone(), life.clone(), streams.clone());
        let jobs_written = Rc::new(Notify::new());
        let (told, tells) = (jobs_written.clone(), jobs_written);
        let dead_letters = dead_letter::run(service, pool.clone(), life.clone(), streams.clone());
        let consumer = Consumer::new(service, app.clone(), pool.clone(), life.clone(), streams, listeners, tells);
        let hourly = hourly::run(service, app.clone(), life.clone(), tasks, begun);
        let minutely = hourly::run_each_minute(service, app.clone(), life.clone(), minute_tasks);
        let gauges = gauges::run(service, pool.clone(), life.clone());
        let jobs = JobLoop::new(service, app, pool, life, performers, told);
        tokio::join!(relay.run(), consumer.run(), jobs.run(), dead_letters, hourly, minutely, gauges);
        Ok(())
    }
}

/// Before anything is done later or tidied away: does this machine's clock say what the database's says?
async fn compare_clocks(service: &'static str, pool: &pg::Pool, life: &Life) {
    let mut outage = Outage::none(service, "clock");
    while !life.stop.is_cancelled() {
        match compare_clock(service, pool, life).await {
            Ok(()) => return,
            Err(why) => outage.pause(&why.into(), &life.stop).await,
        }
    }
}

/// Holds this process's clock against the database's: what is put off is put off by the clock that both speak for.
///
/// # Errors
/// [`pg::Error`] when the database does not answer.
pub async fn compare_clock(service: &'static str, pool: &pg::Pool, life: &Life) -> Result<(), pg::Error> {
    let time: DateTime<Utc> =
        diesel::select(sql::<Timestamptz>("clock_timestamp()")).get_result(&mut *pool.get().await?).await?;
    if !life.clock.compare(time) {
        tracing::error!(service, here = %life.clock.now(), database = %time, "the clock is not the database's: work goes by the earlier until \
            this one has stood by what it says for ten minutes");
    }
    Ok(())
}
