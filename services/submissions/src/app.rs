//! What a handler may reach.

use std::{sync::Arc, time::Duration};

use anyhow::{Context, Result};
use cache::Cache;
use civic::WorkingCalendar;
use diesel_async::AsyncPgConnection;
use edge::Problem;
use files::Files;
use procedure::PinnedProcedure;
use queue::Outbox;
use runtime::Life;
use uuid::Uuid;

use crate::{api::published::Published, config::Config, filings::FilingQueue, pinned::Pinned};

/// How old a published procedure may look.
const PUBLISHED_FOR: Duration = Duration::from_secs(60);

/// What a handler may reach.
#[derive(Clone)]
pub struct App {
    /// The database.
    pub pool: pg::Pool,
    /// The clock and randomness.
    pub life: Life,
    /// What others are told.
    pub outbox: Outbox,
    /// The way to the database for filings.
    pub filings: FilingQueue,
    /// The working calendar.
    pub calendar: Arc<WorkingCalendar>,
    /// Documents and results.
    pub files: Files,
    /// Procedures as everybody is shown them.
    pub published: Cache<Published>,
    procedures: Pinned,
}

impl App {
    /// Everything that `config` names, opened.
    ///
    /// # Errors
    /// When a setting cannot be used.
    pub fn new(config: &Config, life: Life) -> Result<Self> {
        let prefix = format!("{}cache:submissions:v1:", config.queue.stream_prefix);
        let cache_url = config.cache_url.as_ref().unwrap_or(&config.queue.redis_url);
        let published = Cache::new(Some(cache_url), &prefix, PUBLISHED_FOR);
        let (filings, left) = FilingQueue::open(&config.database)?;
        Ok(Self {
            filings,
            pool: pg::Pool::new(&left)?,
            outbox: Outbox::new("submissions", life.clone()),
            calendar: Arc::new(WorkingCalendar::vietnam()),
            files: Files::open(&config.documents_dir, config.document_limit)?,
            published: published.context("The Redis URL cannot be used")?,
            procedures: Pinned::default(),
            life,
        })
    }

    /// The version of a procedure that a dossier is pinned to, with a connection only when it is not known yet.
    ///
    /// # Errors
    /// When it cannot be read.
    pub async fn pinned(&self, id: Uuid) -> Result<Arc<PinnedProcedure>, Problem> {
        match self.procedures.known(id).await {
            Some(pinned) => Ok(pinned),
            None => self.procedure(&mut *self.pool.get().await?, id).await,
        }
    }

    /// As [`App::pinned`], for whoever holds a connection: one who waited for a second could wait for himself.
    ///
    /// # Errors
    /// When it cannot be read.
    pub async fn procedure(&self, conn: &mut AsyncPgConnection, id: Uuid) -> Result<Arc<PinnedProcedure>, Problem> {
        self.procedures.read(conn, id).await
    }
}
