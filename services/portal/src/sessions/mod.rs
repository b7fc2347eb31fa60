//! Who is signed in: the tokens of each browser's session, in Redis, under a hash of an id that only the browser has.

mod renewal;
mod tokens;

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use edge::{CallerKind, Check};
use redis::{
    AsyncCommands, RedisResult, Script,
    aio::{ConnectionManager, ConnectionManagerConfig},
};
use runtime::Clock;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

pub(crate) use self::tokens::Tokens;
use crate::{failure::Failure, kiosk};

/// A session ends this long after signing in, however busy.
const LONGEST: TimeDelta = TimeDelta::hours(12);
/// A citizen's session ends after this long without a page; an official's, which sees others' papers, sooner.
const IDLE: TimeDelta = TimeDelta::minutes(30);
const OFFICIALS_IDLE: TimeDelta = TimeDelta::minutes(15);
/// Being here is noted this often at most, and eight times in the time after which a session ends.
const NOTE: TimeDelta = TimeDelta::seconds(30);
/// Redis answers within this, or the page says that it cannot tell who is signed in.
const REDIS_TIMEOUT: Duration = Duration::from_millis(1000);

/// After how long without a page the session of a caller of this kind ends.
pub(crate) fn idle(kind: CallerKind, at_kiosk: bool) -> TimeDelta {
    match kind {
        _ if at_kiosk => kiosk::IDLE,
        CallerKind::Official => OFFICIALS_IDLE,
        _ => IDLE,
    }
}

/// Writes fields of a session and how long to keep it, unless it has ended meanwhile.
const AMEND: &str = "if redis.call('exists', KEYS[1]) == 1 then redis.call('hset', KEYS[1], ARGV[2], ARGV[3]) \
    redis.call('pexpire', KEYS[1], ARGV[1]) end";

/// What a browser must not know, by its session's id.
#[derive(Clone)]
pub(crate) struct Sessions {
    redis: ConnectionManager,
    clock: Clock,
    amend: Script,
}

/// The id in the cookie: 256 random bits in hexadecimal.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct SessionId(String);

/// A session in use.
#[derive(Clone)]
pub(crate) struct Session {
    pub id: SessionId,
    pub tokens: Tokens,
    begun: Begun,
}

/// What is known since the sign-in.
#[derive(Clone, Copy, Serialize, Deserialize)]
struct Begun {
    at: DateTime<Utc>,
    idle_seconds: i64,
}

impl SessionId {
    /// A new one.
    pub fn new(random: &runtime::Random) -> Self {
        Self(hex::encode(random.bytes::<32>()))
    }

    /// The id in a cookie, if it has the form of one.
    pub fn read(text: &str) -> Option<Self> {
        (text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit())).then(|| Self(text.to_owned()))
    }

    /// As the cookie has it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whoever reads Redis learns no id.
    fn key(&self) -> String {
        format!("portal:session:{}", hex::encode(Sha256::digest(&self.0)))
    }
}

impl Session {
    /// When its person signed in.
    pub fn since(&self) -> DateTime<Utc> {
        self.begun.at
    }

    /// After how long without a page it ends.
    pub fn idle(&self) -> TimeDelta {
        self.begun.idle()
    }
}

impl Sessions {
    /// Sessions kept in the Redis at `url`; nothing is connected before the first is asked for.
    ///
    /// # Errors
    /// When `url` is not a Redis address.
    pub fn new(url: &str, clock: Clock) -> RedisResult<Self> {
        let config = ConnectionManagerConfig::new()
            .set_number_of_retries(1)
            .set_connection_timeout(Some(REDIS_TIMEOUT))
            .set_response_timeout(Some(REDIS_TIMEOUT));
        let redis = ConnectionManager::new_lazy_with_config(runtime::redis_client(url)?, config)?;
        Ok(Self { redis, clock, amend: Script::new(AMEND) })
    }

    /// Whether Redis answers.
    pub fn check(&self) -> Check {
        let redis = self.redis.clone();
        Check::new("redis", move || {
            let mut redis = redis.clone();
            async move {
                redis::cmd("PING").query_async::<String>(&mut redis).await.map(drop).map_err(|why| why.to_string())
            }
        })
    }

    /// Opens a session under `id` for who signed in at `since`; it ends after `idle` without a page.
    ///
    /// # Errors
    /// When Redis does not answer.
    pub async fn open(
        &self,
        id: &SessionId,
        tokens: &Tokens,
        since: DateTime<Utc>,
        idle: TimeDelta,
    ) -> Result<(), Failure> {
        let now = self.clock.now();
        let begun = Begun { at: since, idle_seconds: idle.num_seconds() };
        let fields = [("begun", json(&begun)), ("tokens", json(tokens)), ("seen_at", json(&now))];
        let mut pipe = redis::pipe();
        let key = id.key();
        pipe.atomic().hset_multiple(&key, &fields).ignore().pexpire(&key, idle.num_milliseconds()).ignore();
        within(pipe.query_async::<()>(&mut self.redis.clone())).await
    }

    /// The session `id`, when it has not ended; that it is in use now is noted.
    ///
    /// # Errors
    /// When Redis does not answer.
    pub async fn find(&self, id: &SessionId) -> Result<Option<Session>, Failure> {
        let mut redis = self.redis.clone();
        let fields =
            within(redis.hmget::<_, _, Vec<Option<String>>>(id.key(), &["begun", "tokens", "seen_at"])).await?;
        let [Some(begun), Some(tokens), Some(seen_at)] = &fields[..] else { return Ok(None) };
        let read = || -> serde_json::Result<(Begun, Tokens, DateTime<Utc>)> {
            Ok((serde_json::from_str(begun)?, serde_json::from_str(tokens)?, serde_json::from_str(seen_at)?))
        };
        // A session of another version of this service: it has ended.
        let Ok((begun, tokens, seen_at)) = read() else { return Ok(None) };
        let now = self.clock.now();
        if now >= begun.at + LONGEST || now >= seen_at + begun.idle() {
            self.close(id).await?;
            return Ok(None);
        }
        let session = Session { id: id.clone(), tokens, begun };
        if now >= seen_at + NOTE.min(begun.idle() / 8) {
            self.amend(&session, "seen_at", &json(&now)).await?;
        }
        Ok(Some(session))
    }

    /// Ends a session; what the API knows of it is not touched.
    ///
    /// # Errors
    /// When Redis does not answer.
    pub async fn close(&self, id: &SessionId) -> Result<(), Failure> {
        within(self.redis.clone().del::<_, ()>(id.key())).await
    }

    async fn amend(&self, session: &Session, field: &str, value: &str) -> Result<(), Failure> {
        let mut call = self.amend.key(session.id.key());
        call.arg(session.begun.idle().num_milliseconds()).arg(field).arg(value);
        within(call.invoke_async::<()>(&mut self.redis.clone())).await
    }
}

impl Begun {
    fn idle(&self) -> TimeDelta {
        TimeDelta::seconds(self.idle_seconds)
    }
}

fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("texts and times are JSON")
}

/// Reconnecting may take several tries, so the whole is bounded too.
async fn within<T>(asked: impl Future<Output = RedisResult<T>>) -> Result<T, Failure> {
    let why = match tokio::time::timeout(2 * REDIS_TIMEOUT, asked).await {
        Ok(Ok(answer)) => return Ok(answer),
        Ok(Err(why)) => why.to_string(),
        Err(_) => "it takes too long".to_owned(),
    };
    tracing::warn!(why, "Redis does not answer for sessions");
    Err(Failure::Unavailable)
}
