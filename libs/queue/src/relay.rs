//! The relay: outbox to streams, receipts back to the outbox.

use std::{cell::Cell, rc::Rc, time::Duration};

use anyhow::Context;
use chrono::{DateTime, TimeDelta, Utc};
use diesel_async::AsyncPgConnection;
use redis::{InfoDict, RedisResult, aio::MultiplexedConnection};
use runtime::{Life, failpoint};
use tokio::time::Instant;
use uuid::Uuid;

use crate::{
    outage::{Outage, pause},
    publication, receipts,
    streams::{Delivery, Streams},
};

const POLL: Duration = Duration::from_millis(100);
/// Between two looks while events come: short beside what people notice, long enough that several share a transaction.
const BUSY_POLL: Duration = Duration::from_millis(20);
/// For so long after an event or a receipt more are expected.
const BUSY: Duration = Duration::from_secs(1);
const TIDY: Duration = Duration::from_secs(5);
/// Events published, and receipts taken in, at a time.
const BATCH: usize = 200;
/// How long an event is kept after its last receipt.
const KEEP: TimeDelta = TimeDelta::days(30);

/// Publishes the outbox of one service. Several may run; one at a time works.
pub(crate) struct Relay {
    service: &'static str,
    pool: pg::Pool,
    life: Life,
    streams: Rc<Streams>,
    /// Behind which event the next tidying begins.
    swept_to: Cell<Uuid>,
}

/// What Redis says of itself and has for us.
struct RedisState {
    /// Its run id, when it is not the Redis that we last filled: it was emptied or restarted.
    new: Option<String>,
    receipts: Vec<String>,
}

impl Relay {
    pub(crate) fn new(service: &'static str, pool: pg::Pool, life: Life, streams: Rc<Streams>) -> Self {
        Self { service, pool, life, streams, swept_to: Cell::new(Uuid::nil()) }
    }

    pub(crate) async fn run(self) {
        let (mut redis, mut outage, mut tidied) = (None, Outage::none(self.service, "relay"), None);
        let mut busy = None;
        while !self.life.stop.is_cancelled() {
            match self.round(&mut redis, &mut tidied).await {
                Ok(moved) => {
                    outage.is_over();
                    if moved > 0 {
                        busy = Some(Instant::now());
                    }
                    let poll = if busy.is_some_and(|last| last.elapsed() < BUSY) { BUSY_POLL } else { POLL };
                    if moved < BATCH {
                        pause(poll, &self.life.stop).await;
                    }
                }
                Err(why) => {
                    redis = None;
                    outage.pause(&why, &self.life.stop).await;
                }
            }
        }
    }

    /// One look at everything; the number of events published or of receipts taken in, whichever is greater.
    async fn round(
        &self,
        redis: &mut Option<MultiplexedConnection>,
        tidied: &mut Option<Instant>,
    ) -> anyhow::Result<usize> {
        if tidied.is_none_or(|last| last.elapsed() >= TIDY) {
            self.forget().await?;
            *tidied = Some(Instant::now());
        }
        let redis = match redis {
            Some(redis) => redis,
            none => none.insert(self.streams.connect().await.context("Redis")?),
        };
        let state = self.ask(redis).await.context("Redis")?;
        if state.new.is_some() {
            self.start_over().await?;
        }
        self.exchange(redis, &state).await
    }

    async fn ask(&self, redis: &mut MultiplexedConnection) -> anyhow::Result<RedisState> {
        let mut ask = redis::pipe();
        ask.get(self.streams.alive(self.service)).cmd("INFO").arg("server");
        ask.lrange(self.streams.receipts(self.service), 0, BATCH as isize - 1);
        let (alive, info, receipts): (Option<String>, InfoDict, _) = ask.query_async(redis).await?;
        let run_id: String = info.get("run_id").context("INFO names no run_id")?;
        Ok(RedisState { new: Some(run_id).filter(|run_id| alive.as_ref() != Some(run_id)), receipts })
    }

    /// Redis was emptied or restarted: everything without a receipt counts as not published, unless another relay leads.
    async fn start_over(&self) -> anyhow::Result<()> {
        let again = self.pool.transaction(async |connection| match publication::lead(connection).await? {
            true => publication::lost(connection).await,
            false => Ok::<_, pg::Error>(0),
        });
        let again = again.await?;
        if again > 0 {
            tracing::info!(
                service = self.service,
                again,
                "Redis is new or was emptied; what has no receipt is published again"
            );
        }
        Ok(())
    }

    /// Takes in receipts, publishes and marks, all in one transaction, by right of the lead, so that no other relay takes the
    /// same rows meanwhile. Gives the number of events published or of receipts taken in, whichever is greater.
    async fn exchange(&self, redis: &mut MultiplexedConnection, state: &RedisState) -> anyhow::Result<usize> {
        let (now, receipts) = (self.life.clock.now(), state.receipts.as_slice());
        let is_idle = state.new.is_none() && receipts.is_empty();
        let known = self.life.subscribers.types();
        if is_idle && !publication::any_due(&mut *self.pool.get().await?, &known, now).await? {
            return Ok(0);
        }
        let published = self.pool.transaction(async |connection| {
            if !publication::lead(connection).await? {
                return Ok::<_, pg::Error>(None);
            }
            receipts::take_in(connection, receipts, now).await?;
            self.publish(connection, redis, &state.new, &known, now).await.map(Some)
        });
        let Some(published) = published.await? else { return Ok(0) };
        // Even when nothing could be published: it may be these that fill Redis.
        self.remove(redis, receipts).await.context("Redis")?;
        Ok(published.context("Redis")?.max(receipts.len()))
    }

    async fn publish(
        &self,
        connection: &mut AsyncPgConnection,
        redis: &mut MultiplexedConnection,
        new: &Option<String>,
        known: &[&str],
        now: DateTime<Utc>,
    ) -> Result<RedisResult<usize>, pg::Error> {
        if new.is_some() && publication::any_published(connection).await? {
            // Another relay has published since, to a Redis that may have been emptied since: first that is undone.
            return Ok(Ok(0));
        }
        let mut due = publication::due(connection, known, now, BATCH).await?;
        due.iter_mut().for_each(|event| self.address(event));
        if due.is_empty() && new.is_none() {
            return Ok(Ok(0));
        }
        let deliveries: Vec<_> = due.iter().flat_map(deliveries).collect();
        match self.fill(redis, new, &deliveries).await {
            Ok(()) if due.is_empty() => Ok(Ok(0)),
            Ok(()) => {
                failpoint("relay: told, not noted");
                publication::published(connection, &due, now).await.map(|()| Ok(due.len()))
            }
            Err(why) => publication::refused(connection, due.iter().map(|event| event.id).collect(), &why.to_string())
                .await
                .map(|()| Err(why)),
        }
    }

    /// Whoever listens to a new event is found out here, in one place for all senders; one told to somebody by name is not new.
    fn address(&self, event: &mut publication::Due) {
        if event.waiting_for.is_empty() {
            let listeners = self.life.subscribers.to(&event.event_type).unwrap_or_default();
            event.waiting_for = listeners.into_iter().map(str::to_owned).collect();
        }
    }

    /// A new Redis is marked as ours before anything is published to it, and while nothing counts as published: so whatever is
    /// lost with it, the mark is lost too.
    async fn fill(
        &self,
        redis: &mut MultiplexedConnection,
        new: &Option<String>,
        deliveries: &[Delivery<'_>],
    ) -> RedisResult<()> {
        if let Some(run_id) = new {
            redis::cmd("SET").arg(self.streams.alive(self.service)).arg(run_id).exec_async(redis).await?;
        }
        if deliveries.is_empty() {
            return Ok(());
        }
        self.streams.publish(redis, deliveries).await
    }

    /// Receipts are removed one by one, after the commit: listeners add to the list meanwhile.
    async fn remove(&self, redis: &mut MultiplexedConnection, receipts: &[String]) -> RedisResult<()> {
        if receipts.is_empty() {
            return Ok(());
        }
        let (list, mut remove) = (self.streams.receipts(self.service), redis::pipe());
        for receipt in receipts {
            remove.lrem(&list, 1, receipt).ignore();
        }
        remove.query_async(redis).await
    }

    async fn forget(&self) -> anyhow::Result<()> {
        let (time, behind) = (self.life.clock.cautious() - KEEP, self.swept_to.get());
        self.swept_to.set(publication::forget(&mut *self.pool.get().await?, time, behind).await?);
        Ok(())
    }
}

fn deliveries(due: &publication::Due) -> impl Iterator<Item = Delivery<'_>> {
    let delivery = |listener| Delivery { listener, event: due.id, payload: &due.payload };
    due.waiting_for.iter().map(String::as_str).map(delivery)
}
