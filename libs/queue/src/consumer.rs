//! The consumer: this service's stream to its handlers, each event's effect once.

use std::{
    collections::HashMap,
    hash::{BuildHasher, BuildHasherDefault, DefaultHasher},
    panic::AssertUnwindSafe,
    rc::Rc,
    time::Duration,
};

use anyhow::{Context, anyhow};
use futures_util::{FutureExt, future::join_all};
use metrics::counter;
use redis::aio::MultiplexedConnection;
use runtime::{Life, failpoint};
use tokio::time::Instant;
use uuid::Uuid;

use crate::{
    dead_letter,
    handlers::Listen,
    inbox,
    letter::Letter,
    outage::Outage,
    pending::{Entry, Pending},
    receipts::Receipt,
    streams::{Finished, Streams},
};

/// How often the consumer looks for entries that others have left lying.
const ADOPT: Duration = Duration::from_secs(5);
/// Events handled at once; those of one subject one after the other.
const LANES: u64 = 4;
/// Deliveries before an event is a dead letter.
const TRIES: u32 = 6;

/// Handles the events addressed to one service. Several may run and share the stream.
pub(crate) struct Consumer<A> {
    service: &'static str,
    app: Rc<A>,
    pool: pg::Pool,
    life: Life,
    streams: Rc<Streams>,
    listeners: HashMap<&'static str, Box<dyn Listen<A>>>,
    pending: Pending,
}

/// The connection, and when the consumer last looked for what others left.
struct Seat {
    redis: MultiplexedConnection,
    adopted: Instant,
}

impl<A> Consumer<A> {
    pub(crate) fn new(
        service: &'static str,
        app: Rc<A>,
        pool: pg::Pool,
        life: Life,
        streams: Rc<Streams>,
        listeners: HashMap<&'static str, Box<dyn Listen<A>>>,
    ) -> Self {
        let pending = Pending::new(streams.inbox(service), service, life.new_id().to_string());
        Self { service, app, pool, life, streams, listeners, pending }
    }

    pub(crate) async fn run(self) {
        if self.listeners.is_empty() {
            return;
        }
        self.count_from_the_start();
        let (mut seat, mut outage) = (None, Outage::none(self.service, "consumer"));
        while !self.life.stop.is_cancelled() {
            match self.round(&mut seat, outage.is_on()).await {
                Ok(()) => outage.is_over(),
                Err(why) => {
                    seat = None;
                    outage.pause(&why, &self.life.stop).await;
                }
            }
        }
        if let Some(mut seat) = seat
            && let Err(why) = self.pending.leave(&mut seat.redis).await
        {
            tracing::warn!(service = self.service, %why, "what is not handled waits a minute for another to take it");
        }
    }

    /// So that the first dead letter is a change that an alert can see.
    fn count_from_the_start(&self) {
        counter!("motcua_dead_letters_total", "service" => self.service).increment(0);
        for kind in self.listeners.keys() {
            counter!("motcua_events_handled_total", "service" => self.service, "type" => *kind).increment(0);
        }
    }

    async fn round(&self, seat: &mut Option<Seat>, held_up: bool) -> anyhow::Result<()> {
        if held_up {
            // Every delivery counts as a try, so none is taken while the database is away.
            self.pool.ready().await?;
        }
        let seat = match seat {
            Some(seat) => seat,
            none => none.insert(self.sit_down().await.context("Redis")?),
        };
        if seat.adopted.elapsed() >= ADOPT {
            self.pending.adopt(&mut seat.redis, self.life.clock.now()).await.context("Redis")?;
            seat.adopted = Instant::now();
        }
        let entries = self.pending.next(&mut seat.redis, self.life.clock.now()).await.context("Redis")?;
        self.handle(&seat.redis, entries).await
    }

    async fn sit_down(&self) -> redis::RedisResult<Seat> {
        let mut redis = self.streams.connect().await?;
        self.streams.arrive(&mut redis, self.service).await?;
        self.pending.adopt(&mut redis, self.life.clock.now()).await?;
        Ok(Seat { redis, adopted: Instant::now() })
    }

    /// Handles the events of one subject in order, those of different subjects side by side.
    async fn handle(&self, redis: &MultiplexedConnection, entries: Vec<Entry>) -> anyhow::Result<()> {
        let mut lanes: HashMap<u64, Vec<(Entry, Letter)>> = HashMap::new();
        for entry in entries {
            match serde_json::from_str::<Letter>(&entry.letter) {
                Ok(letter) => lanes.entry(lane(&letter)).or_default().push((entry, letter)),
                Err(why) => self.discard(redis.clone(), &entry, &why).await?,
            }
        }
        // All come to their end, so that no transaction is dropped half-way because another failed.
        let lanes = lanes.into_values().map(|lane| self.handle_in_order(redis.clone(), lane));
        join_all(lanes).await.into_iter().collect()
    }

    /// Whatever is left when the process stops, or a server does not answer, is still pending.
    async fn handle_in_order(
        &self,
        mut redis: MultiplexedConnection,
        lane: Vec<(Entry, Letter)>,
    ) -> anyhow::Result<()> {
        for (entry, letter) in lane {
            if self.life.stop.is_cancelled() {
                break;
            }
            if self.deal_with(&entry, &letter).await? {
                failpoint("consumer: handled, not receipted");
                self.finish(&mut redis, &entry, &letter).await.context("Redis")?;
            }
        }
        Ok(())
    }

    /// Whether the entry is finished: handled, or kept as a dead letter. An error is an outage, not the event's fault.
    async fn deal_with(&self, entry: &Entry, letter: &Letter) -> anyhow::Result<bool> {
        let failures = self.pending.failures(&entry.id);
        let outcome = match failures < TRIES {
            true => self.take_effect(letter).await,
            false => Err(anyhow!("taken {failures} times and never finished")),
        };
        let Err(why) = outcome else { return Ok(true) };
        if is_outage(&why) {
            return Err(why);
        }
        self.pool.ready().await?;
        let (kind, event, why) = (letter.envelope.event_type.as_str(), letter.envelope.id, format!("{why:#}"));
        if failures + 1 < TRIES {
            tracing::warn!(service = self.service, kind, %event, why, "an event could not be handled; it is tried again");
            self.pending.try_later(&entry.id, self.life.clock.now());
            return Ok(false);
        }
        let now = self.life.clock.now();
        dead_letter::keep(&mut *self.pool.get().await?, &letter.envelope, &entry.letter, &why, now).await?;
        tracing::error!(service = self.service, kind, %event, why, "an event is a dead letter");
        counter!("motcua_dead_letters_total", "service" => self.service).increment(1);
        Ok(true)
    }

    async fn take_effect(&self, letter: &Letter) -> anyhow::Result<()> {
        let (envelope, kind) = (&letter.envelope, letter.envelope.event_type.clone());
        let Some(listener) = self.listeners.get(kind.as_str()) else {
            counter!("motcua_events_ignored_total", "service" => self.service, "type" => kind).increment(1);
            return Ok(());
        };
        let now = self.life.clock.now();
        let effect = self.pool.transaction(async |connection| {
            if inbox::is_new(connection, envelope.id, now).await? {
                listener.hear(&self.app, connection, envelope).await?;
                failpoint("consumer: done, not committed");
            }
            Ok::<_, anyhow::Error>(())
        });
        let effect = AssertUnwindSafe(letter.trace(&self.life.random).scope(effect)).catch_unwind();
        effect.await.unwrap_or_else(|_| Err(anyhow!("the handler panicked; the log says where")))?;
        counter!("motcua_events_handled_total", "service" => self.service, "type" => kind).increment(1);
        Ok(())
    }

    async fn finish(
        &self,
        redis: &mut MultiplexedConnection,
        entry: &Entry,
        letter: &Letter,
    ) -> redis::RedisResult<()> {
        let event = letter.envelope.id;
        let receipt = Receipt { event, listener: self.service.to_owned() }.to_json();
        let (listener, sender) = (self.service, letter.sender());
        let finished = Finished { listener, entry: &entry.id, event, sender, receipt: &receipt };
        self.streams.finish(redis, &finished).await?;
        self.pending.forget(&entry.id);
        Ok(())
    }

    /// Without a receipt: if it was an event of ours, its sender tells it again and this is logged again.
    async fn discard(
        &self,
        mut redis: MultiplexedConnection,
        entry: &Entry,
        why: &serde_json::Error,
    ) -> anyhow::Result<()> {
        tracing::error!(service = self.service, entry = entry.id, %why, "an entry of the stream is no event; discarded");
        let (listener, event) = (self.service, Uuid::nil());
        let finished = Finished { listener, entry: &entry.id, event, sender: "", receipt: "" };
        self.streams.finish(&mut redis, &finished).await.context("Redis")?;
        self.pending.forget(&entry.id);
        Ok(())
    }
}

/// Whether the database did not answer, as when no connection was free: that says nothing of the event.
fn is_outage(why: &anyhow::Error) -> bool {
    let unavailable = |cause: &pg::Error| matches!(cause, pg::Error::Unavailable(_));
    why.chain().any(|cause| cause.downcast_ref().is_some_and(unavailable))
}

fn lane(letter: &Letter) -> u64 {
    BuildHasherDefault::<DefaultHasher>::default().hash_one(&letter.envelope.subject) % LANES
}
