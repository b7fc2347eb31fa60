//! A sender, a listener, a clock held by hand and a Redis of their own.

use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};
use diesel::{QueryableByName, sql_types::BigInt};
use diesel_async::{RunQueryDsl, SimpleAsyncConnection};
use queue::{Outbox, Settings, Subscriptions, Worker};
use runtime::{Clock, Life, Running, Subscribers};
use tokio_util::sync::CancellationToken;

use crate::{
    listener::{App, Heard},
    server::{Database, OwnRedis},
};

pub struct Fixture {
    pub redis: OwnRedis,
    pub settings: Settings,
    pub sender: pg::Pool,
    pub listener: pg::Pool,
    pub listeners_database: Database,
    pub clock: Clock,
    pub subscribers: Subscribers,
}

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    number: i64,
}

#[derive(QueryableByName)]
struct Id {
    #[diesel(sql_type = diesel::sql_types::Text)]
    id: String,
}

impl Fixture {
    pub async fn set() -> Self {
        let redis = OwnRedis::start().await;
        let settings = Settings { redis_url: redis.url(), stream_prefix: "test:".into() };
        let (senders_database, listeners_database) = tokio::join!(Database::create(), Database::create());
        let (sender, listener) = (pool(&senders_database), pool(&listeners_database));
        let clock = Clock::held_at("2026-11-23T01:00:00Z".parse::<DateTime<Utc>>().unwrap());
        let subscribers = Subscribers::default();
        subscribers.add("listener", &Subscriptions::<App>::new().on::<Heard>(App::hear).events());
        Self { redis, settings, sender, listener, listeners_database, clock, subscribers }
    }

    pub fn life(&self) -> Life {
        Life { clock: self.clock.clone(), subscribers: self.subscribers.clone(), ..Life::system() }
    }

    pub fn advance(&self, seconds: i64) {
        self.clock.advance(TimeDelta::seconds(seconds));
    }

    /// The sender's worker: it has a relay only.
    pub fn start_sender(&self) -> Up {
        let life = self.life();
        let worker = Worker::new("sender", (), self.sender.clone(), life.clone(), &self.settings);
        Up::new(&life, worker.start(Subscriptions::new()))
    }

    pub fn listener(&self, app: App) -> (Life, Worker<App>) {
        let life = self.life();
        let worker = Worker::new("listener", app, self.listener.clone(), life.clone(), &self.settings);
        (life, worker)
    }

    /// A worker of the listener that does as `app` says.
    pub fn start_listener(&self, app: App) -> Up {
        let (life, worker) = self.listener(app);
        Up::new(&life, worker.start(Subscriptions::new().on::<Heard>(App::hear)))
    }

    /// Commits one event for each number, each in a transaction of its own.
    pub async fn tell(&self, numbers: impl IntoIterator<Item = i64>) {
        let outbox = Outbox::new("sender", self.life());
        for number in numbers {
            let told = Heard { number };
            patiently(async || self.sender.transaction(async |connection| outbox.put(connection, &told).await).await)
                .await;
        }
    }

    /// What the listener's handlers have done, in order of number.
    pub async fn effects(&self) -> Vec<i64> {
        self.numbers(&self.listener, "select number from effects order by number").await
    }

    /// Waits until the effects are these; a double shows as one too many.
    pub async fn effects_become(&self, numbers: impl IntoIterator<Item = i64>) {
        let wanted: Vec<i64> = numbers.into_iter().collect();
        eventually("the effects", async || self.effects().await.len() >= wanted.len()).await;
        assert_eq!(self.effects().await, wanted);
    }

    /// Waits until every event has its receipt, and so until nothing more can happen to it.
    pub async fn all_receipted(&self) {
        let waiting = "select count(*) as number from outbox where receipted_at is null";
        eventually("the receipts", async || self.sender_count(waiting).await == 0).await;
    }

    pub async fn sender_count(&self, query: &str) -> i64 {
        self.numbers(&self.sender, query).await[0]
    }

    pub async fn listener_count(&self, query: &str) -> i64 {
        self.numbers(&self.listener, query).await[0]
    }

    async fn numbers(&self, pool: &pg::Pool, query: &str) -> Vec<i64> {
        let rows: Vec<Number> =
            patiently(async || Ok(diesel::sql_query(query).load(&mut pool.get().await?).await?)).await;
        rows.into_iter().map(|row| row.number).collect()
    }

    /// The ids of the sender's events, in the order of telling.
    pub async fn events(&self) -> Vec<String> {
        let query = "select id::text as id from outbox order by position";
        let rows: Vec<Id> =
            patiently(async || Ok(diesel::sql_query(query).load(&mut self.sender.get().await?).await?)).await;
        rows.into_iter().map(|row| row.id).collect()
    }

    /// A statement at the sender's database, as only a test would make it.
    pub async fn at_sender(&self, statement: &str) {
        self.sender.get().await.unwrap().batch_execute(statement).await.unwrap();
    }

    /// A command to Redis.
    pub async fn command<T: redis::FromRedisValue>(&self, words: &str) -> T {
        let client = redis::Client::open(self.settings.redis_url.as_str()).unwrap();
        let mut connection = client.get_multiplexed_async_connection().await.unwrap();
        let mut words = words.split(' ');
        let mut command = redis::cmd(words.next().unwrap());
        for word in words {
            command.arg(word);
        }
        command.query_async(&mut connection).await.unwrap()
    }
}

fn pool(database: &Database) -> pg::Pool {
    pg::Pool::new(&pg::Settings { database_url: database.url.clone(), database_connections: 8 }).unwrap()
}

/// A worker that is up; told to stop when dropped.
pub struct Up {
    stop: CancellationToken,
    running: Option<Running>,
}

impl Up {
    pub fn new(life: &Life, running: Running) -> Self {
        Self { stop: life.stop.clone(), running: Some(running) }
    }

    pub fn tell_to_stop(&self) {
        self.stop.cancel();
    }

    pub async fn stop(mut self) {
        self.stop.cancel();
        self.running.take().unwrap().finished.await.unwrap();
    }
}

impl Drop for Up {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}

/// Asks until the answer is yes.
pub async fn eventually(what: &str, question: impl AsyncFn() -> bool) {
    let deadline = Instant::now() + Duration::from_secs(30);
    while !question().await {
        assert!(Instant::now() < deadline, "{what}: not within 30 seconds");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

/// Does again what a busy machine had no connection for in time.
pub async fn patiently<T>(work: impl AsyncFn() -> Result<T, pg::Error>) -> T {
    let deadline = Instant::now() + Duration::from_secs(30);
    loop {
        match work().await {
            Err(pg::Error::Unavailable(_)) if Instant::now() < deadline => {}
            outcome => return outcome.unwrap(),
        }
    }
}
