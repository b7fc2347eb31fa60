#![doc = include_str!("../README.md")]

mod far;

use std::{sync::Arc, time::Duration};

use moka::future::Cache as Near;
use serde::{Serialize, de::DeserializeOwned};

use crate::far::Far;

/// Values a process keeps; beyond that the least used ones go.
const CAPACITY: u64 = 10_000;

/// A cache of `V`s, shared by its clones and, through Redis, by other processes.
#[derive(Clone)]
pub struct Cache<V> {
    near: Near<String, V>,
    far: Option<Far>,
}

impl<V> Cache<V>
where
    V: Clone + Serialize + DeserializeOwned + Send + Sync + 'static,
{
    /// A cache whose values are at most `time_to_live` old. Without `redis_url` it is this process's only. `prefix` goes
    /// before every key in Redis. Nothing is connected before the first value is asked for; to be called on a Tokio
    /// runtime.
    ///
    /// # Errors
    /// When `redis_url` is not a Redis address.
    pub fn new(redis_url: Option<&str>, prefix: &str, time_to_live: Duration) -> redis::RedisResult<Self> {
        let near_time = time_to_live / 10;
        let far = redis_url.map(|url| Far::new(url, prefix, time_to_live - near_time)).transpose()?;
        Ok(Self { near: Near::builder().max_capacity(CAPACITY).time_to_live(near_time).build(), far })
    }

    /// The value of `key`: kept here, kept in Redis, or loaded and kept.
    ///
    /// # Errors
    /// What `load` failed with; that is not kept.
    pub async fn get_or_load<E>(&self, key: &str, load: impl AsyncFnOnce() -> Result<V, E>) -> Result<V, E>
    where
        E: Clone + Send + Sync + 'static,
    {
        let fetch = async {
            let Some(far) = &self.far else { return load().await };
            if let Some(value) = far.read(key).await {
                return Ok(value);
            }
            let value = load().await?;
            far.write(key, &value).await;
            Ok(value)
        };
        self.near.try_get_with_by_ref(key, fetch).await.map_err(Arc::unwrap_or_clone)
    }
}
