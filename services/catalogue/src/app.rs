//! What a handler may reach.

use std::time::Duration;

use anyhow::{Context, Result};
use cache::Cache;
use queue::Outbox;
use runtime::Life;

use crate::{config::Config, published::Published};

/// How old an answer of this service may be: a version that is published shows within this time at every replica of it.
const PUBLISHED_FOR: Duration = Duration::from_secs(1);

/// What a handler may reach.
#[derive(Clone)]
pub struct App {
    /// The database.
    pub pool: pg::Pool,
    /// The clock, and where ids come from.
    pub life: Life,
    /// What others are told.
    pub outbox: Outbox,
    /// Procedures as everybody is shown them.
    pub published: Cache<Published>,
}

impl App {
    /// Everything that `config` names, opened.
    ///
    /// # Errors
    /// When a setting cannot be used.
    pub fn new(config: &Config, life: Life) -> Result<Self> {
        let prefix = format!("{}cache:catalogue:v1:", config.backend.queue.stream_prefix);
        let cache_url = config.cache_url.as_ref().unwrap_or(&config.backend.queue.redis_url);
        let published = Cache::new(Some(cache_url), &prefix, PUBLISHED_FOR).context("The Redis URL cannot be used")?;
        let (pool, outbox) = (pg::Pool::new(&config.backend.database)?, Outbox::new("catalogue", life.clone()));
        Ok(Self { pool, life, outbox, published })
    }
}
