//! What a handler may reach.

use std::{sync::Arc, time::Duration};

use anyhow::{Context, Result};
use cache::Cache;
use civic::{Party, WorkingCalendar};
use diesel_async::AsyncPgConnection;
use edge::Problem;
use files::Files;
use pg::Together;
use procedure::PinnedProcedure;
use queue::Outbox;
use runtime::Life;
use uuid::Uuid;

use crate::{
    api::published::Published,
    config::Config,
    store::{dossiers::WithComponents, filing_queue::FilingQueue, procedures},
};

/// How old a published procedure may look.
const PUBLISHED_FOR: Duration = Duration::from_secs(60);
/// Versions of procedures kept compiled. They never change, so they are kept until there are more.
const COMPILED: u64 = 2_000;

/// What a handler may reach.
#[derive(Clone)]
pub struct App {
    /// The database.
    pub pool: pg::Pool,
    /// The clock and randomness.
    pub life: Life,
    /// What others are told.
    pub outbox: Outbox,
    /// Drafts that are to be filed at the same moment, read together with what their documents are for.
    pub to_be_filed: Arc<Together<(Uuid, Party), Option<WithComponents>>>,
    /// The way to the database for filings.
    pub filings: FilingQueue,
    /// The working calendar.
    pub calendar: Arc<WorkingCalendar>,
    /// Documents and results.
    pub files: Files,
    /// Procedures as everybody is shown them.
    pub published: Cache<Published>,
    compiled: moka::future::Cache<Uuid, Arc<PinnedProcedure>>,
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
            to_be_filed: Arc::default(),
            filings,
            pool: pg::Pool::new(&left)?,
            outbox: Outbox::new("submissions", life.clone()),
            calendar: Arc::new(WorkingCalendar::vietnam()),
            files: Files::open(&config.documents_dir, config.document_limit)?,
            published: published.context("The Redis URL cannot be used")?,
            compiled: moka::future::Cache::new(COMPILED),
            life,
        })
    }

    /// The version of a procedure that a dossier is pinned to, with a connection only when it is not known yet.
    ///
    /// # Errors
    /// When it cannot be read.
    pub async fn pinned(&self, id: Uuid) -> Result<Arc<PinnedProcedure>, Problem> {
        match self.compiled.get(&id).await {
            Some(pinned) => Ok(pinned),
            None => self.procedure(&mut *self.pool.get().await?, id).await,
        }
    }

    /// As [`App::pinned`], for whoever holds a connection: one who waited for a second could wait for himself.
    ///
    /// # Errors
    /// When it cannot be read.
    pub async fn procedure(&self, conn: &mut AsyncPgConnection, id: Uuid) -> Result<Arc<PinnedProcedure>, Problem> {
        let compile = async {
            let procedures::Version { version, procedure, .. } = procedures::version(conn, id).await?;
            let form = procedure.form().map_err(anyhow::Error::msg)?;
            Ok(Arc::new(PinnedProcedure { version, procedure, form }))
        };
        self.compiled.try_get_with(id, compile).await.map_err(Arc::unwrap_or_clone)
    }
}
