//! The tier that processes share: Redis, whose every failure is a miss.

use std::time::Duration;

use redis::{
    AsyncCommands, RedisResult,
    aio::{ConnectionManager, ConnectionManagerConfig},
};
use serde::{Serialize, de::DeserializeOwned};

/// What Redis does not give within this time is quicker to load.
const TIMEOUT: Duration = Duration::from_millis(200);

#[derive(Clone)]
pub(crate) struct Far {
    redis: ConnectionManager,
    prefix: String,
    time_to_live: Duration,
}

impl Far {
    pub(crate) fn new(url: &str, prefix: &str, time_to_live: Duration) -> RedisResult<Self> {
        let config = ConnectionManagerConfig::new()
            .set_number_of_retries(1)
            .set_connection_timeout(Some(TIMEOUT))
            .set_response_timeout(Some(TIMEOUT));
        let redis = ConnectionManager::new_lazy_with_config(runtime::redis_client(url)?, config)?;
        Ok(Self { redis, prefix: prefix.to_owned(), time_to_live })
    }

    pub(crate) async fn read<V: DeserializeOwned>(&self, key: &str) -> Option<V> {
        let mut redis = self.redis.clone();
        let bytes = within_patience(redis.get::<_, Option<Vec<u8>>>(self.name(key))).await.flatten()?;
        // A value of another shape, left by another version of this service.
        serde_json::from_slice(&bytes).ok()
    }

    pub(crate) async fn write<V: Serialize>(&self, key: &str, value: &V) {
        let Ok(bytes) = serde_json::to_vec(value) else { return };
        let mut redis = self.redis.clone();
        let millis = u64::try_from(self.time_to_live.as_millis()).unwrap_or(u64::MAX);
        within_patience(redis.pset_ex::<_, _, ()>(self.name(key), bytes, millis)).await;
    }

    fn name(&self, key: &str) -> String {
        format!("{}{key}", self.prefix)
    }
}

/// Reconnecting may take several tries, so the whole is bounded too.
async fn within_patience<T>(asked: impl Future<Output = RedisResult<T>>) -> Option<T> {
    match tokio::time::timeout(TIMEOUT, asked).await {
        Ok(Ok(answer)) => Some(answer),
        Ok(Err(why)) => {
            tracing::debug!(%why, "Redis does not help; loading");
            None
        }
        Err(_) => {
            tracing::debug!("Redis is slow; loading");
            None
        }
    }
}
