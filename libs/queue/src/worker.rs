//! A service's background work, put together: the relay, the consumer and the jobs, on a thread of their own.

use std::{collections::HashMap, rc::Rc};

use chrono::{DateTime, Utc};
use civic::Event;
use diesel_async::AsyncPgConnection;
use runtime::{Life, Running, on_own_thread};
use tokio::sync::Notify;

use crate::{
    Received, Settings,
    consumer::Consumer,
    dead_letter, gauges,
    handlers::{Hearing, Listen, Perform, Performing},
    hourly::{self, Tidy},
    job_loop::JobLoop,
    jobs::{Job, JobError, Run},
    relay::Relay,
    streams::Streams,
};

/// The background work of one service, whose handlers are given `&A`.
pub struct Worker<A> {
    service: &'static str,
    app: A,
    pool: pg::Pool,
    life: Life,
    settings: Settings,
    listeners: HashMap<&'static str, Box<dyn Listen<A>>>,
    performers: HashMap<&'static str, Box<dyn Perform<A>>>,
    tasks: Vec<Box<dyn Tidy<A>>>,
}

impl<A: Send + 'static> Worker<A> {
    /// A worker that publishes the outbox of `service` and, as yet, handles nothing.
    pub fn new(service: &'static str, app: A, pool: pg::Pool, life: Life, settings: &Settings) -> Self {
        let settings = settings.clone();
        let (listeners, performers, tasks) = (HashMap::new(), HashMap::new(), Vec::new());
        Self { service, app, pool, life, settings, listeners, performers, tasks }
    }

    /// Does `handler` on events of type `E`, in the transaction that also remembers the event: its effect happens once.
    /// On an error everything is rolled back and tried again: six times in about ninety seconds, then as a dead letter for five days.
    pub fn on<E: Event + 'static>(
        mut self,
        handler: impl AsyncFn(&A, &mut AsyncPgConnection, Received<E>) -> anyhow::Result<()> + Send + 'static,
    ) -> Self {
        let each = async move |app: &A, connection: &mut AsyncPgConnection, events: Vec<Received<E>>| {
            for event in events {
                let trace = event.trace.clone();
                trace.scope(handler(app, &mut *connection, event)).await?;
            }
            anyhow::Ok(())
        };
        self.listeners.insert(E::TYPE, Box::new(Hearing::<E, _>::new(self.service, false, each)));
        self
    }

    /// Does `handler` on events of type `E` that came together, in order, and otherwise as [`Worker::on`]: for an event that comes
    /// so often that its handler should ask the database once for many. If it fails, it is given each of them alone. No trace is
    /// current in it; each event brings its own.
    pub fn on_all<E: Event + 'static>(
        mut self,
        handler: impl AsyncFn(&A, &mut AsyncPgConnection, Vec<Received<E>>) -> anyhow::Result<()> + Send + 'static,
    ) -> Self {
        self.listeners.insert(E::TYPE, Box::new(Hearing::<E, _>::new(self.service, true, handler)));
        self
    }

    /// Does `handler` on jobs of kind `J`. It is cut off after 50 s.
    pub fn job<J: Job>(mut self, handler: impl AsyncFn(&A, J, Run) -> Result<(), JobError> + Send + 'static) -> Self {
        self.performers.insert(J::KIND, Box::new(Performing::<J, _>::new(handler)));
        self
    }

    /// Does `task` once an hour: what a service tidies up. Every process of the service does, so it must bear that.
    pub fn hourly(mut self, task: impl AsyncFn(&A) -> anyhow::Result<()> + Send + 'static) -> Self {
        self.tasks.push(Box::new(task));
        self
    }

    /// Starts. Stops when `life.stop` is cancelled, after the handlers under way.
    pub fn start(self) -> Running {
        let begun = self.life.clock.now();
        let finished = on_own_thread(&format!("{} worker", self.service), move || self.run(begun));
        Running { address: None, finished }
    }

    async fn run(self, begun: DateTime<Utc>) -> anyhow::Result<()> {
        let Self { service, app, pool, life, settings, listeners, performers, tasks } = self;
        let (app, streams) = (Rc::new(app), Rc::new(Streams::new(&settings)?));
        let relay = Relay::new(service, pool.clone(), life.clone(), streams.clone());
        let jobs_written = Rc::new(Notify::new());
        let (told, tells) = (jobs_written.clone(), jobs_written);
        let dead_letters = dead_letter::run(service, pool.clone(), life.clone(), streams.clone());
        let consumer = Consumer::new(service, app.clone(), pool.clone(), life.clone(), streams, listeners, tells);
        let hourly = hourly::run(service, app.clone(), life.clone(), tasks, begun);
        let gauges = gauges::run(service, pool.clone(), life.clone());
        let jobs = JobLoop::new(service, app, pool, life, performers, told);
        tokio::join!(relay.run(), consumer.run(), jobs.run(), dead_letters, hourly, gauges);
        Ok(())
    }
}
