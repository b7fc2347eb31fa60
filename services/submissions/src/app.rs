//! What handlers may reach, and how the parts of this service start.

use std::{sync::Arc, time::Duration};

use anyhow::{Context, Result};
use cache::Cache;
use civic::{
    Party, WorkingCalendar,
    events::{AgencyOpened, PaymentSettled},
};
use diesel_async::AsyncPgConnection;
use diesel_migrations::{EmbeddedMigrations, embed_migrations};
use edge::{Problem, Server, token::Verifier};
use files::Files;
use pg::Together;
use procedure::PinnedProcedure;
use queue::{Outbox, Worker};
use runtime::{Finding, Life, Running};
use uuid::Uuid;

use crate::{
    INVARIANTS,
    api::{self, published::Published},
    config::Config,
    demonstration, events,
    store::{dossiers::WithComponents, filing_queue::FilingQueue, procedures},
};

const MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations");
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
    fn new(config: &Config, life: Life) -> Result<Self> {
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

/// Starts the API.
pub async fn serve(config: Config, life: Life) -> Result<Running> {
    let app = App::new(&config, life.clone())?;
    let server = Server {
        service: "submissions",
        listen: config.listen,
        verifier: Verifier::new(config.token, life.clock.clone())?,
        checks: vec![edge::Check::database(&app.pool), app.filings.check()],
        routes: Arc::new(api::routes),
        life,
    };
    server.start(app)
}

/// Starts the background work.
pub async fn work(config: Config, life: Life) -> Result<Running> {
    let app = App::new(&config, life.clone())?;
    if let Some(admin) = config.listen.admin {
        edge::serve_admin(admin, life.clone(), vec![edge::Check::database(&app.pool)])?;
    }
    let pool = app.pool.clone();
    let worker = Worker::new("submissions", app, pool, life, &config.queue)
        .on::<AgencyOpened>(events::agency_opened::handle)
        .on::<PaymentSettled>(events::payment_settled::handle)
        .hourly(async |app: &App| Ok(edge::forget_keys(&app.pool, app.life.clock.now()).await?));
    Ok(worker.start())
}

/// Brings the database up to date.
pub async fn migrate(config: Config, _: Life) -> Result<()> {
    pg::migrate(&config.database.database_url, vec![queue::MIGRATIONS, edge::MIGRATIONS, MIGRATIONS]).await
}

/// Publishes the procedures of the demonstration.
pub async fn demonstrate(config: Config, life: Life) -> Result<()> {
    demonstration::load(&pg::Pool::new(&config.database)?, &life).await
}

/// Holds the database against the invariants.
pub async fn verify(config: Config, _: Life) -> Result<Vec<Finding>> {
    pg::verify(&config.database.database_url, &[queue::INVARIANTS, edge::INVARIANTS, INVARIANTS]).await
}

/// Puts jobs that were given up back, to be tried again. Gives their number.
pub async fn retry(config: Config, life: Life) -> Result<usize> {
    let pool = pg::Pool::new(&config.database)?;
    Ok(pool.transaction(async |conn| queue::retry_given_up(conn, life.clock.now()).await).await?)
}

/// Puts events that could not be handled back, to be handled again.
pub async fn replay_dead_letters(config: Config, life: Life) -> Result<usize> {
    queue::replay_dead_letters("submissions", &pg::Pool::new(&config.database)?, &life, &config.queue).await
}
