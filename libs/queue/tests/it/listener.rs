//! The listening service of the tests: an event, and a handler that does as it is told.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicBool, AtomicI64, Ordering},
};

use civic::Event;
use diesel::sql_types::BigInt;
use diesel_async::{AsyncPgConnection, SimpleAsyncConnection};
use queue::Received;
use runtime::Trace;
use serde::{Deserialize, Serialize};
use tokio::sync::Semaphore;
use utoipa::ToSchema;

#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct Heard {
    pub number: i64,
}

impl Event for Heard {
    const TYPE: &'static str = "test.told.v1";

    fn subject(&self) -> String {
        (self.number % 10).to_string()
    }
}

/// How the handler behaves, and what it saw.
#[derive(Clone)]
pub struct App {
    /// Events with this number fail while `fails` is true.
    pub poison: i64,
    pub fails: Arc<AtomicBool>,
    /// The event with this number asks for what takes too long while `fails` is true.
    pub endless: i64,
    /// Handlings begun.
    pub begun: Arc<AtomicI64>,
    /// A handler goes on when it gets a permit.
    pub gate: Arc<Semaphore>,
    /// The trace each handler ran in.
    pub traces: Arc<Mutex<Vec<Trace>>>,
}

impl App {
    pub fn new() -> Self {
        Self {
            poison: -1,
            endless: -1,
            fails: Arc::new(AtomicBool::new(true)),
            begun: Arc::default(),
            gate: Arc::new(Semaphore::new(Semaphore::MAX_PERMITS)),
            traces: Arc::default(),
        }
    }

    /// One whose handlers fail on the event with this number.
    pub fn failing_on(poison: i64) -> Self {
        Self { poison, ..Self::new() }
    }

    /// One that asks the database for too much on the event with this number.
    pub fn endless_on(endless: i64) -> Self {
        Self { endless, ..Self::new() }
    }

    /// One whose handlers wait at the gate.
    pub fn gated() -> Self {
        Self { gate: Arc::new(Semaphore::new(0)), ..Self::new() }
    }

    pub fn begun(&self) -> i64 {
        self.begun.load(Ordering::SeqCst)
    }

    /// Writes the effect first, so that a failure after it shows whether it is rolled back.
    pub async fn hear(&self, connection: &mut AsyncPgConnection, event: Received<Heard>) -> anyhow::Result<()> {
        self.begun.fetch_add(1, Ordering::SeqCst);
        self.traces.lock().unwrap().extend(Trace::current());
        let effect = diesel::sql_query("insert into effects (number) values ($1)");
        diesel_async::RunQueryDsl::execute(effect.bind::<BigInt, _>(event.data.number), connection).await?;
        self.gate.acquire().await?.forget();
        if event.data.number == self.endless && self.fails.load(Ordering::SeqCst) {
            let too_long = "set local statement_timeout = 20; select pg_sleep(1)";
            SimpleAsyncConnection::batch_execute(connection, too_long).await?;
        }
        anyhow::ensure!(event.data.number != self.poison || !self.fails.load(Ordering::SeqCst), "poison");
        assert_eq!(event.source, "sender");
        Ok(())
    }

    /// Does the whole batch, and counts as one handling.
    pub async fn hear_all(
        &self,
        connection: &mut AsyncPgConnection,
        events: Vec<Received<Heard>>,
    ) -> anyhow::Result<()> {
        self.begun.fetch_add(1, Ordering::SeqCst);
        self.traces.lock().unwrap().extend(events.iter().map(|event| event.trace.clone()));
        for event in events {
            let effect = diesel::sql_query("insert into effects (number) values ($1)");
            diesel_async::RunQueryDsl::execute(effect.bind::<BigInt, _>(event.data.number), connection).await?;
            anyhow::ensure!(event.data.number != self.poison || !self.fails.load(Ordering::SeqCst), "poison");
        }
        Ok(())
    }
}
