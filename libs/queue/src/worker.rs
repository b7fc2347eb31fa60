//! A service's background work, put together: the relay, the consumer and the jobs, on a thread of their own.

use std::{collections::HashMap, rc::Rc};

use civic::Event;
use diesel_async::AsyncPgConnection;
use runtime::{Life, Running, on_own_thread};

use crate::{
    Received, Settings,
    consumer::Consumer,
    handlers::{Hearing, Listen, Perform, Performing},
    job_loop::JobLoop,
    jobs::{Job, JobError},
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
}

impl<A: Send + 'static> Worker<A> {
    /// A worker that publishes the outbox of `service` and, as yet, handles nothing.
    pub fn new(service: &'static str, app: A, pool: pg::Pool, life: Life, settings: &Settings) -> Self {
        let settings = settings.clone();
        Self { service, app, pool, life, settings, listeners: HashMap::new(), performers: HashMap::new() }
    }

    /// Does `handler` on events of type `E`, in the transaction that also remembers the event: its effect happens once.
    /// On an error everything is rolled back and tried again, five times in about ninety seconds.
    pub fn on<E: Event + 'static>(
        mut self,
        handler: impl AsyncFn(&A, &mut AsyncPgConnection, Received<E>) -> anyhow::Result<()> + Send + 'static,
    ) -> Self {
        self.listeners.insert(E::TYPE, Box::new(Hearing::<E, _>::new(handler)));
        self
    }

    /// Does `handler` on jobs of kind `J`; its last argument counts the runs from 1. It is cut off after 50 s.
    pub fn job<J: Job>(mut self, handler: impl AsyncFn(&A, J, i32) -> Result<(), JobError> + Send + 'static) -> Self {
        self.performers.insert(J::KIND, Box::new(Performing::<J, _>::new(handler)));
        self
    }

    /// Starts. Stops when `life.stop` is cancelled, after the handlers under way.
    pub fn start(self) -> Running {
        let finished = on_own_thread(&format!("{} worker", self.service), move || self.run());
        Running { address: None, finished }
    }

    async fn run(self) -> anyhow::Result<()> {
        let Self { service, app, pool, life, settings, listeners, performers } = self;
        let (app, streams) = (Rc::new(app), Rc::new(Streams::new(&settings)?));
        let relay = Relay::new(service, pool.clone(), life.clone(), streams.clone());
        let consumer = Consumer::new(service, app.clone(), pool.clone(), life.clone(), streams, listeners);
        let jobs = JobLoop::new(service, app, pool, life, performers);
        tokio::join!(relay.run(), consumer.run(), jobs.run());
        Ok(())
    }
}
