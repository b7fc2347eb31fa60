//! The consumer's side of its stream: what it was given and has not finished.

use std::{
    cell::RefCell,
    collections::HashMap,
    time::{Duration, Instant},
};

use chrono::{DateTime, TimeDelta, Utc};
use redis::{
    AsyncCommands, RedisResult,
    aio::MultiplexedConnection,
    streams::{StreamClaimReply, StreamId, StreamPendingCountReply, StreamReadOptions, StreamReadReply},
};

use crate::streams::FIELD;

/// Entries read or taken again at a time.
const BATCH: usize = 64;
/// How long a read waits for an entry, and so how late a stop is noticed.
const BLOCK: Duration = Duration::from_millis(200);
/// An entry that a consumer has held this long without a sign is another's to take; longer than any wait between tries.
const ABANDONED: Duration = Duration::from_secs(60);
/// The first wait after a failure: most often an event has overtaken another that it builds on.
const OVERTAKEN: Duration = Duration::from_millis(250);
/// The longest wait between tries.
const LONGEST: TimeDelta = TimeDelta::seconds(45);
/// An event that waits for a lock this long may itself be what takes so long: from then on its tries are counted.
const STALLED: TimeDelta = TimeDelta::hours(1);
/// Whose the entries are that a consumer gave back when it stopped.
const NOBODY: &str = "nobody";

/// The entries given to one consumer of one stream. In Redis they are its pending entries; here is when to try each.
pub(crate) struct Pending {
    stream: String,
    group: &'static str,
    consumer: String,
    held: RefCell<HashMap<String, Held>>,
}

struct Held {
    failures: u32,
    due: DateTime<Utc>,
    not_before: Instant,
    /// Since when, and how often, it took too long.
    stalled: Option<(DateTime<Utc>, u32)>,
}

impl Held {
    fn at_once(failures: u32, now: DateTime<Utc>) -> Self {
        Self { failures, due: now, not_before: Instant::now(), stalled: None }
    }
}

/// An entry to handle now.
pub(crate) struct Entry {
    pub(crate) id: String,
    /// The event, JSON.
    pub(crate) payload: String,
}

impl From<StreamId> for Entry {
    fn from(entry: StreamId) -> Self {
        Self { payload: entry.get(FIELD).unwrap_or_default(), id: entry.id }
    }
}

impl Pending {
    pub(crate) fn new(stream: String, group: &'static str, consumer: String) -> Self {
        Self { stream, group, consumer, held: RefCell::default() }
    }

    /// Takes what others have left lying, and remembers everything that Redis counts as ours.
    pub(crate) async fn adopt(&self, redis: &mut MultiplexedConnection, now: DateTime<Utc>) -> RedisResult<()> {
        let mut adopt = redis::cmd("XAUTOCLAIM");
        adopt.arg(&self.stream).arg(self.group).arg(&self.consumer).arg(millis(ABANDONED)).arg("0").arg("JUSTID");
        adopt.exec_async(redis).await?;
        let mine: StreamPendingCountReply =
            redis.xpending_consumer_count(&self.stream, self.group, "-", "+", 1000, &self.consumer).await?;
        let mut held = self.held.borrow_mut();
        for entry in mine.ids {
            let failures = u32::try_from(entry.times_delivered).unwrap_or(u32::MAX).saturating_sub(1);
            held.entry(entry.id).or_insert_with(|| Held::at_once(failures, now));
        }
        Ok(())
    }

    /// The entries to handle now: those to be tried again, or else new ones, for which it waits a little.
    pub(crate) async fn next(&self, redis: &mut MultiplexedConnection, now: DateTime<Utc>) -> RedisResult<Vec<Entry>> {
        let again = self.due(now);
        if again.is_empty() { self.read(redis, now).await } else { self.take(redis, &again).await }
    }

    fn due(&self, now: DateTime<Utc>) -> Vec<String> {
        let held = self.held.borrow();
        // What seems to wait longer was put off by a clock that was stepped back since.
        let is_due = |held: &Held| (held.due <= now || held.due > now + LONGEST) && held.not_before <= Instant::now();
        let mut due: Vec<_> = held.iter().filter(|(_, held)| is_due(held)).map(|(id, _)| id.clone()).collect();
        due.sort_unstable();
        due.truncate(BATCH);
        due
    }

    async fn take(&self, redis: &mut MultiplexedConnection, ids: &[String]) -> RedisResult<Vec<Entry>> {
        let taken: StreamClaimReply = redis.xclaim(&self.stream, self.group, &self.consumer, 0, ids).await?;
        let entries: Vec<Entry> = taken.ids.into_iter().map(Entry::from).collect();
        // What is no longer in the stream was finished by another, or went with a wiped Redis.
        let mut held = self.held.borrow_mut();
        for id in ids.iter().filter(|id| !entries.iter().any(|entry| entry.id == **id)) {
            held.remove(id);
        }
        Ok(entries)
    }

    async fn read(&self, redis: &mut MultiplexedConnection, now: DateTime<Utc>) -> RedisResult<Vec<Entry>> {
        let options = StreamReadOptions::default().group(self.group, &self.consumer).count(BATCH).block(millis(BLOCK));
        let read: Option<StreamReadReply> = redis.xread_options(&[&self.stream], &[">"], &options).await?;
        let entries: Vec<Entry> =
            read.into_iter().flat_map(|read| read.keys).flat_map(|key| key.ids).map(Entry::from).collect();
        let held = entries.iter().map(|entry| (entry.id.clone(), Held::at_once(0, now)));
        self.held.borrow_mut().extend(held);
        Ok(entries)
    }

    /// How often handling this entry has failed.
    pub(crate) fn failures(&self, id: &str) -> u32 {
        self.held.borrow().get(id).map_or(0, |held| held.failures)
    }

    /// Tries this entry again after a quarter of a second, then 2, 8, 32 and 45.
    pub(crate) fn try_later(&self, id: &str, now: DateTime<Utc>) {
        if let Some(held) = self.held.borrow_mut().get_mut(id) {
            match held.failures {
                0 => held.not_before = Instant::now() + OVERTAKEN,
                failures => held.due = now + wait(failures),
            }
            held.failures += 1;
        }
    }

    /// Puts an entry off that took too long, and says whether that goes uncounted: not for ever.
    pub(crate) fn stalls(&self, id: &str, now: DateTime<Utc>) -> bool {
        let mut held = self.held.borrow_mut();
        let Some(held) = held.get_mut(id) else { return false };
        let (since, times) = held.stalled.unwrap_or((now, 0));
        held.stalled = Some((since, times + 1));
        held.due = now + wait(times + 1);
        now - since < STALLED
    }

    /// Has Redis forget that this entry was delivered once more than it failed.
    pub(crate) async fn uncount(&self, redis: &mut MultiplexedConnection, id: &str) -> RedisResult<()> {
        let mut uncount = redis::cmd("XCLAIM");
        uncount.arg(&self.stream).arg(self.group).arg(&self.consumer).arg(0).arg(id);
        uncount.arg("RETRYCOUNT").arg(self.failures(id)).arg("JUSTID").exec_async(redis).await
    }

    /// This entry is finished.
    pub(crate) fn forget(&self, id: &str) {
        self.held.borrow_mut().remove(id);
    }

    /// Gives back what is not finished, so that another takes it at once, and leaves the group.
    pub(crate) async fn leave(&self, redis: &mut MultiplexedConnection) -> RedisResult<()> {
        let ids: Vec<String> = self.held.borrow().keys().cloned().collect();
        if !ids.is_empty() {
            let mut give_back = redis::cmd("XCLAIM");
            give_back.arg(&self.stream).arg(self.group).arg(NOBODY).arg(0).arg(&ids);
            give_back.arg("IDLE").arg(millis(ABANDONED)).arg("JUSTID").exec_async(redis).await?;
        }
        let left: StreamPendingCountReply =
            redis.xpending_consumer_count(&self.stream, self.group, "-", "+", 1, &self.consumer).await?;
        match left.ids.is_empty() {
            true => redis.xgroup_delconsumer(&self.stream, self.group, &self.consumer).await,
            // Deleting the consumer would delete them.
            false => Ok(()),
        }
    }
}

/// Two seconds after the first, then 8, 32 and 45.
fn wait(times: u32) -> TimeDelta {
    TimeDelta::seconds((2 << (2 * (times - 1).min(3))).min(45))
}

fn millis(time: Duration) -> usize {
    usize::try_from(time.as_millis()).unwrap_or(usize::MAX)
}
