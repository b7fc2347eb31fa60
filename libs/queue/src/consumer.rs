//! The consumer: this service's stream to its handlers, each event's effect once.

use std::{
    collections::HashMap,
    hash::{BuildHasher, BuildHasherDefault, DefaultHasher},
    panic::AssertUnwindSafe,
    rc::Rc,
    slice,
    time::Duration,
};

use anyhow::{Context, anyhow};
use diesel_async::AsyncPgConnection;
use futures_util::{FutureExt, future::join_all};
use metrics::counter;
use redis::aio::MultiplexedConnection;
use runtime::{Life, failpoint};
use tokio::{sync::Notify, time::Instant};
use uuid::Uuid;

use crate::{
    dead_letter,
    handlers::Listen,
    inbox,
    outage::Outage,
    pending::{Entry, Pending},
    receipts::Receipt,
    streams::{Finished, Streams},
    wire_event::WireEvent,
};

/// How often the consumer looks for entries that others have left lying.
const ADOPT: Duration = Duration::from_secs(5);
/// Events handled in one transaction, one after the other.
const BATCH: usize = 16;
/// Transactions at once when events are handled each alone; those of one subject one after the other.
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
    jobs_written: Rc<Notify>,
}

type Delivered = (Entry, WireEvent);

/// The connection, and when the consumer last looked for what others left.
struct GroupReader {
    redis: MultiplexedConnection,
    adopted: Instant,
}

impl<A> Consumer<A> {
    /// `jobs_written` is told when handlers may have written jobs.
    pub(crate) fn new(
        service: &'static str,
        app: Rc<A>,
        pool: pg::Pool,
        life: Life,
        streams: Rc<Streams>,
        listeners: HashMap<&'static str, Box<dyn Listen<A>>>,
        jobs_written: Rc<Notify>,
    ) -> Self {
        let pending = Pending::new(streams.inbox(service), service, life.new_id().to_string());
        Self { service, app, pool, life, streams, listeners, pending, jobs_written }
    }

    pub(crate) async fn run(self) {
        if self.listeners.is_empty() {
            return;
        }
        self.count_from_the_start();
        let (mut reader, mut outage) = (None, Outage::none(self.service, "consumer"));
        while !self.life.stop.is_cancelled() {
            match self.round(&mut reader, outage.is_on()).await {
                Ok(()) => outage.is_over(),
                Err(why) => {
                    reader = None;
                    outage.pause(&why, &self.life.stop).await;
                }
            }
        }
        if let Some(mut reader) = reader
            && let Err(why) = self.pending.leave(&mut reader.redis).await
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

    async fn round(&self, reader: &mut Option<GroupReader>, held_up: bool) -> anyhow::Result<()> {
        if held_up {
            // Every delivery counts as a try, so none is taken while the database is away.
            self.pool.ready().await?;
        }
        let reader = match reader {
            Some(reader) => reader,
            none => none.insert(self.join_group().await.context("Redis")?),
        };
        if reader.adopted.elapsed() >= ADOPT {
            self.pending.adopt(&mut reader.redis, self.life.clock.now()).await.context("Redis")?;
            reader.adopted = Instant::now();
        }
        let entries = self.pending.next(&mut reader.redis, self.life.clock.now()).await.context("Redis")?;
        self.handle(&reader.redis, entries).await
    }

    async fn join_group(&self) -> redis::RedisResult<GroupReader> {
        let mut redis = self.streams.connect().await?;
        self.streams.arrive(&mut redis, self.service).await?;
        self.pending.adopt(&mut redis, self.life.clock.now()).await?;
        Ok(GroupReader { redis, adopted: Instant::now() })
    }

    /// Handles entries many at a time: one commit for all. What fails among them is handled each alone, so that it fails alone.
    async fn handle(&self, redis: &MultiplexedConnection, entries: Vec<Entry>) -> anyhow::Result<()> {
        let mut events: Vec<Delivered> = Vec::with_capacity(entries.len());
        for entry in entries {
            match serde_json::from_str(&entry.payload) {
                Ok(event) => events.push((entry, event)),
                Err(why) => self.discard(redis.clone(), &entry, &why).await?,
            }
        }
        for batch in events.chunks(BATCH) {
            let is_fresh = batch.iter().all(|(entry, _)| self.pending.failures(&entry.id) == 0);
            if !is_fresh || batch.len() == 1 {
                self.handle_each(redis, batch).await?;
                continue;
            }
            match self.take_effect(batch).await {
                Ok(handled) => self.finish(redis.clone(), &batch[..handled]).await.context("Redis")?,
                Err(why) => {
                    tracing::debug!(service = self.service, why = format!("{why:#}"), "not as a batch, so each alone");
                    self.handle_each(redis, batch).await?;
                }
            }
        }
        Ok(())
    }

    /// Handles the events of one subject in order, those of different subjects side by side.
    async fn handle_each(&self, redis: &MultiplexedConnection, batch: &[Delivered]) -> anyhow::Result<()> {
        let mut lanes: HashMap<u64, Vec<&Delivered>> = HashMap::new();
        for delivered in batch {
            lanes.entry(lane(&delivered.1)).or_default().push(delivered);
        }
        // All come to their end, so that no transaction is dropped half-way because another failed.
        let lanes = lanes.into_values().map(|lane| self.handle_in_order(redis, lane));
        join_all(lanes).await.into_iter().collect()
    }

    /// Whatever is left when the process stops, or a server does not answer, is still pending.
    async fn handle_in_order(&self, redis: &MultiplexedConnection, lane: Vec<&Delivered>) -> anyhow::Result<()> {
        for delivered in lane {
            if self.deal_with(redis, delivered).await? {
                self.finish(redis.clone(), slice::from_ref(delivered)).await.context("Redis")?;
            }
        }
        Ok(())
    }

    /// Whether the entry is finished: handled, or kept as a dead letter. An error is an outage, not the event's fault.
    async fn deal_with(&self, redis: &MultiplexedConnection, delivered: &Delivered) -> anyhow::Result<bool> {
        let (entry, event) = delivered;
        let failures = self.pending.failures(&entry.id);
        let outcome = match failures < TRIES {
            true => self.take_effect(slice::from_ref(delivered)).await,
            false => Err(anyhow!("taken {failures} times and never finished")),
        };
        let why = match outcome {
            Ok(handled) => return Ok(handled == 1),
            Err(why) if is_outage(&why) => return Err(why),
            Err(why) if took_too_long(&why) && self.pending.stalls(&entry.id, self.life.clock.now()) => {
                return self.wait_for_lock(redis, delivered, &why).await.map(|()| false);
            }
            Err(why) => format!("{why:#}"),
        };
        self.pool.ready().await?;
        let (kind, id) = (event.envelope.event_type.as_str(), event.envelope.id);
        if failures + 1 < TRIES {
            tracing::warn!(service = self.service, kind, event = %id, why, "an event could not be handled; it is tried again");
            self.pending.try_later(&entry.id, self.life.clock.now());
            return Ok(false);
        }
        let now = self.life.clock.steady();
        dead_letter::keep(&mut *self.pool.get().await?, &event.envelope, &entry.payload, &why, now).await?;
        tracing::error!(service = self.service, kind, event = %id, why, "an event is a dead letter");
        counter!("motcua_dead_letters_total", "service" => self.service).increment(1);
        Ok(true)
    }

    /// A lock that another holds is as little the event's fault as an outage, but it holds up only those who need it.
    async fn wait_for_lock(
        &self,
        redis: &MultiplexedConnection,
        delivered: &Delivered,
        why: &anyhow::Error,
    ) -> anyhow::Result<()> {
        let (entry, event) = delivered;
        let (kind, id, why) = (event.envelope.event_type.as_str(), event.envelope.id, format!("{why:#}"));
        tracing::warn!(service = self.service, kind, event = %id, why, "an event waits for the database; it is tried again");
        self.pending.uncount(&mut redis.clone(), &entry.id).await.context("Redis")
    }

    /// Has these events take effect, in order and in one transaction. Gives the number of the first ones that did: all, unless
    /// the process is to stop.
    async fn take_effect(&self, batch: &[Delivered]) -> anyhow::Result<usize> {
        let effects = self.pool.transaction(async |connection| self.effects(connection, batch).await);
        let effects = AssertUnwindSafe(effects).catch_unwind().await;
        let effects = effects.unwrap_or_else(|_| Err(anyhow!("the handler panicked; the log says where")));
        let handled = effects.map_err(what_it_means)?;
        self.jobs_written.notify_one();
        for (_, event) in &batch[..handled] {
            let kind = event.envelope.event_type.clone();
            let name = match self.listeners.contains_key(kind.as_str()) {
                true => "motcua_events_handled_total",
                false => "motcua_events_ignored_total",
            };
            counter!(name, "service" => self.service, "type" => kind).increment(1);
        }
        Ok(handled)
    }

    async fn effects(&self, connection: &mut AsyncPgConnection, batch: &[Delivered]) -> anyhow::Result<usize> {
        let heard = batch.iter().filter(|(_, event)| self.listener(event).is_some());
        let heard = heard.map(|(_, event)| event.envelope.id).collect();
        let mut new = inbox::remember(connection, heard, self.life.clock.now()).await?;
        let mut handled = 0;
        let is_one_run = |(_, one): &Delivered, (_, next): &Delivered| {
            one.envelope.event_type == next.envelope.event_type && self.listener(one).is_some_and(Listen::takes_many)
        };
        for run in batch.chunk_by(is_one_run) {
            if self.life.stop.is_cancelled() {
                break;
            }
            let events: Vec<_> =
                run.iter().map(|(_, event)| event).filter(|event| new.remove(&event.envelope.id)).collect();
            if let Some(listener) = events.first().and_then(|event| self.listener(event)) {
                listener.hear(self.service, &self.app, connection, &events, &self.life.random).await?;
                failpoint("consumer: done, not committed");
            }
            handled += run.len();
        }
        if !new.is_empty() {
            inbox::forget(connection, new.into_iter().collect()).await?;
        }
        Ok(handled)
    }

    fn listener(&self, event: &WireEvent) -> Option<&dyn Listen<A>> {
        self.listeners.get(event.envelope.event_type.as_str()).map(Box::as_ref)
    }

    async fn finish(&self, mut redis: MultiplexedConnection, batch: &[Delivered]) -> redis::RedisResult<()> {
        if batch.is_empty() {
            return Ok(());
        }
        failpoint("consumer: handled, not receipted");
        let mut finished = Vec::with_capacity(batch.len());
        for (entry, event) in batch {
            let (id, listener) = (event.envelope.id, self.service.to_owned());
            let receipt = Receipt { event: id, listener }.to_json();
            finished.push(Finished { entry: &entry.id, event: id, sender: event.sender(), receipt });
        }
        self.streams.finish(&mut redis, self.service, &finished).await?;
        for (entry, _) in batch {
            self.pending.forget(&entry.id);
        }
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
        let finished = Finished { entry: &entry.id, event: Uuid::nil(), sender: "", receipt: String::new() };
        self.streams.finish(&mut redis, self.service, &[finished]).await.context("Redis")?;
        self.pending.forget(&entry.id);
        Ok(())
    }
}

/// A refusal of the database as what it means, whichever way a handler passed it on.
fn what_it_means(why: anyhow::Error) -> anyhow::Error {
    why.downcast::<diesel::result::Error>().map_or_else(|other| other, |refusal| pg::Error::from(refusal).into())
}

/// Whether the database did not answer, as when no connection was free: that says nothing of the event.
fn is_outage(why: &anyhow::Error) -> bool {
    let unavailable = |cause: &pg::Error| matches!(cause, pg::Error::Unavailable(_));
    why.chain().any(|cause| cause.downcast_ref().is_some_and(unavailable))
}

fn took_too_long(why: &anyhow::Error) -> bool {
    let timed_out = |cause: &pg::Error| matches!(cause, pg::Error::TimedOut(_));
    why.chain().any(|cause| cause.downcast_ref().is_some_and(timed_out))
}

fn lane(event: &WireEvent) -> u64 {
    BuildHasherDefault::<DefaultHasher>::default().hash_one(&event.envelope.subject) % LANES
}
