//! Redis: connections, the names of keys, and the steps that must happen there together.

use std::time::Duration;

use anyhow::Context;
use redis::{AsyncCommands, AsyncConnectionConfig, Client, RedisResult, Script, aio::MultiplexedConnection};
use uuid::Uuid;

use crate::Settings;

const CONNECT_TIMEOUT: Duration = Duration::from_secs(2);
/// Longer than any blocking read, so that none is cut off; short enough to notice a network that swallows everything.
const RESPONSE_TIMEOUT: Duration = Duration::from_secs(5);

/// Adds events to streams, each once: an id stands in the set beside its stream for as long as its entry is in it.
/// A stream without entries has an empty set, whatever became of them. Want of memory is refused at the first write, so
/// all are added or none; hence nothing is deleted in vain, which would count as a write.
const PUBLISH: &str = "
for i = 1, #KEYS, 2 do
    local stream, queued, id = KEYS[i], KEYS[i + 1], ARGV[i]
    if redis.call('XLEN', stream) == 0 and redis.call('EXISTS', queued) == 1 then redis.call('DEL', queued) end
    if redis.call('SADD', queued, id) == 1 then redis.call('XADD', stream, '*', 'letter', ARGV[i + 1]) end
end";

/// Receipts entries and removes them. A receipt refused for want of memory is made up for later: the sender asks again.
const FINISH: &str = "
local stream, queued, group = KEYS[1], KEYS[2], ARGV[1]
for i = 1, #KEYS - 2 do
    local entry, event, receipt = ARGV[i * 3 - 1], ARGV[i * 3], ARGV[i * 3 + 1]
    if receipt ~= '' then redis.pcall('RPUSH', KEYS[i + 2], receipt) end
    redis.call('XACK', stream, group, entry)
    redis.call('XDEL', stream, entry)
    redis.call('SREM', queued, event)
end";

/// The field of an entry that holds the event, in `PUBLISH` too. It keeps its first name: entries of before are in the streams,
/// and processes of two versions share them.
pub(crate) const FIELD: &str = "letter";

/// One Redis and the part of its names that is ours.
pub(crate) struct Streams {
    client: Client,
    prefix: String,
    publish: Script,
    finish: Script,
}

/// An event for one listener.
pub(crate) struct Delivery<'a> {
    pub(crate) listener: &'a str,
    pub(crate) event: Uuid,
    /// The event, JSON.
    pub(crate) payload: &'a str,
}

/// An entry that has been dealt with.
pub(crate) struct Finished<'a> {
    pub(crate) entry: &'a str,
    pub(crate) event: Uuid,
    pub(crate) sender: &'a str,
    /// What the sender gets; empty for nothing.
    pub(crate) receipt: String,
}

impl Streams {
    pub(crate) fn new(settings: &Settings) -> anyhow::Result<Self> {
        let client = runtime::redis_client(&settings.redis_url).context("MOTCUA_REDIS_URL is not a Redis URL")?;
        let (publish, finish) = (Script::new(PUBLISH), Script::new(FINISH));
        Ok(Self { client, prefix: settings.stream_prefix.clone(), publish, finish })
    }

    pub(crate) async fn connect(&self) -> RedisResult<MultiplexedConnection> {
        let config = AsyncConnectionConfig::new()
            .set_connection_timeout(Some(CONNECT_TIMEOUT))
            .set_response_timeout(Some(RESPONSE_TIMEOUT));
        self.client.get_multiplexed_async_connection_with_config(&config).await
    }

    /// The stream of what `listener` has not handled yet.
    pub(crate) fn inbox(&self, listener: &str) -> String {
        format!("{}inbox:{listener}", self.prefix)
    }

    /// The set of the events in that stream.
    fn queued(&self, listener: &str) -> String {
        format!("{}queued:{listener}", self.prefix)
    }

    /// The list of receipts that `sender` has not read yet.
    pub(crate) fn receipts(&self, sender: &str) -> String {
        format!("{}receipts:{sender}", self.prefix)
    }

    /// What a wiped Redis lacks and a restarted one contradicts: the run id of the server that `sender` last filled.
    pub(crate) fn alive(&self, sender: &str) -> String {
        format!("{}alive:{sender}", self.prefix)
    }

    /// Adds those that are not in their streams, all or none.
    pub(crate) async fn publish(
        &self,
        redis: &mut MultiplexedConnection,
        deliveries: &[Delivery<'_>],
    ) -> RedisResult<()> {
        let mut call = self.publish.prepare_invoke();
        for delivery in deliveries {
            call.key(self.inbox(delivery.listener)).key(self.queued(delivery.listener));
            call.arg(delivery.event.to_string()).arg(delivery.payload);
        }
        call.invoke_async(redis).await
    }

    /// Adds an event whether or not it is in the stream: the entry that is may be about to be removed as a dead letter.
    pub(crate) async fn put_back(
        &self,
        redis: &mut MultiplexedConnection,
        listener: &str,
        payload: &str,
    ) -> RedisResult<()> {
        redis.xadd(self.inbox(listener), "*", &[(FIELD, payload)]).await
    }

    /// Makes sure that `listener` has a stream and a group to read; what is in the stream already is for the group.
    pub(crate) async fn arrive(&self, redis: &mut MultiplexedConnection, listener: &str) -> RedisResult<()> {
        match redis.xgroup_create_mkstream(self.inbox(listener), listener, "0").await {
            // A full Redis refuses this before it looks whether the group is there. If it is, its readers make room.
            Err(why) if matches!(why.code(), Some("BUSYGROUP" | "OOM")) => Ok(()),
            other => other,
        }
    }

    /// Removes entries of `listener` that have been dealt with.
    pub(crate) async fn finish(
        &self,
        redis: &mut MultiplexedConnection,
        listener: &str,
        entries: &[Finished<'_>],
    ) -> RedisResult<()> {
        let mut call = self.finish.prepare_invoke();
        call.key(self.inbox(listener)).key(self.queued(listener)).arg(listener);
        for entry in entries {
            call.key(self.receipts(entry.sender));
            call.arg(entry.entry).arg(entry.event.to_string()).arg(&entry.receipt);
        }
        call.invoke_async(redis).await
    }
}
