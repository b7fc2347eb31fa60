#![doc = include_str!("../README.md")]

pub mod given_up;

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use anyhow::Result;
use chrono::TimeDelta;
use clap::{Args, FromArgMatches};
use diesel_migrations::EmbeddedMigrations;
use edge::{Check, Server, token::Verifier};
use pg::{Invariant, Pool};
use queue::{Subscriptions, Worker};
use runtime::{Finding, Life, Running, Service, ServiceBuilder};
use utoipa::openapi::OpenApi;
use utoipa_actix_web::service_config::ServiceConfig;

/// Before this an audit entry is not sealed, nor while a transaction of the service is open that may have written before it.
const SETTLED: TimeDelta = TimeDelta::minutes(1);
/// How often the audit log is sealed: what was written within this and [`SETTLED`] could be removed and nobody would see it. Each seal
/// costs `verify` a look.
const SEALED_EVERY: Duration = Duration::from_secs(5 * 60);
/// How often a database that is away is asked for its clock.
const ASKED_AGAIN: Duration = Duration::from_secs(2);

/// The settings that every service with data has.
#[derive(Clone, Debug, Args)]
#[group(skip)]
pub struct Settings {
    /// Where it listens.
    #[command(flatten)]
    pub listen: runtime::Listen,
    /// Its database.
    #[command(flatten)]
    pub database: pg::Settings,
    /// Role that the service runs as, when it is not the owner of its tables: `migrate`, which runs as the owner, lets it read and
    /// write rows, and nothing else.
    #[arg(long, env = "MOTCUA_DATABASE_ROLE", value_name = "NAME", value_parser = pg::role)]
    pub database_role: Option<String>,
    /// The Redis of events.
    #[command(flatten)]
    pub queue: queue::Settings,
    /// Whose tokens it believes.
    #[command(flatten)]
    pub token: edge::token::Settings,
}

/// A service that keeps data, as what its handlers may reach. Clones share it.
pub trait Backend: Clone + Send + Sync + 'static {
    /// Its settings.
    type Config: AsRef<Settings> + Args + FromArgMatches + Send + 'static;
    /// Its name: its folder, its database, its streams.
    const NAME: &'static str;
    /// Where it listens when nothing else is said.
    const PORT: u16;
    /// Its own migrations; those of `queue` and `edge` run before them.
    const MIGRATIONS: EmbeddedMigrations;
    /// What must hold in its database, beside what `queue` and `edge` promise of theirs.
    const INVARIANTS: &'static [Invariant];

    /// Opens everything that its settings name; an error when one of them cannot be used.
    const OPEN: fn(&Self::Config, Life) -> Result<Self>;
    /// Its OpenAPI document.
    const DOCUMENT: fn() -> OpenApi;
    /// Its operations.
    const ROUTES: fn(&mut ServiceConfig<'_>);

    /// Its database.
    fn pool(&self) -> &Pool;

    /// What it tells, hears, and does later.
    fn subscriptions() -> Subscriptions<Self>;

    /// What must answer before it takes requests.
    fn checks(&self) -> Vec<Check> {
        vec![Check::database(self.pool())]
    }
}

/// Describes the service `B`; what only some have (demonstration data) is added to it.
pub fn describe<B: Backend>() -> ServiceBuilder<B::Config> {
    Service::describe::<B::Config>(B::NAME, B::PORT)
        .document(B::DOCUMENT)
        .events(|| B::subscriptions().events())
        .migrate(migrate::<B>)
        .verify(verify::<B>)
        .serve(serve::<B>)
        .work(work::<B>)
        .replay(replay_dead_letters::<B>)
        .replay_to(replay_to::<B>)
        .retry(retry::<B>)
}

fn migrations<B: Backend>() -> Vec<EmbeddedMigrations> {
    vec![queue::MIGRATIONS, edge::MIGRATIONS, B::MIGRATIONS]
}

async fn migrate<B: Backend>(config: B::Config, _: Life) -> Result<()> {
    let Settings { database, database_role, .. } = config.as_ref();
    pg::migrate(&database.database_url, migrations::<B>()).await?;
    match database_role {
        Some(role) => pg::let_in(&database.database_url, role).await,
        None => Ok(()),
    }
}

/// Whether the database has what this version needs. Once it has, it is not asked again: migrations only ever add.
fn schema<B: Backend>(pool: &Pool) -> Check {
    let (pool, complete) = (pool.clone(), Arc::new(AtomicBool::new(false)));
    Check::new("schema", move || {
        let (pool, complete) = (pool.clone(), Arc::clone(&complete));
        async move {
            if complete.load(Ordering::Relaxed) {
                return Ok(());
            }
            let pending = pg::pending(&pool, &migrations::<B>()).await.map_err(|why| why.to_string())?;
            complete.store(pending.is_empty(), Ordering::Relaxed);
            match pending.first() {
                None => Ok(()),
                Some(first) => Err(format!("the database lacks migration {first}: run `motcua migrate {}`", B::NAME)),
            }
        }
    })
}

async fn verify<B: Backend>(config: B::Config, _: Life) -> Result<Vec<Finding>> {
    let invariants = [queue::INVARIANTS, edge::INVARIANTS, B::INVARIANTS];
    pg::verify(&config.as_ref().database.database_url, &invariants).await
}

async fn serve<B: Backend>(config: B::Config, life: Life) -> Result<Running> {
    let app = (B::OPEN)(&config, life.clone())?;
    let Settings { listen, token, .. } = config.as_ref().clone();
    let verifier = Verifier::new(token, life.clock.clone())?;
    let checks = app.checks().into_iter().chain([schema::<B>(app.pool())]).collect();
    let (routes, audit) = (Arc::new(B::ROUTES), Some(app.pool().clone()));
    tokio::spawn(compare_clock(B::NAME, app.pool().clone(), life.clone()));
    Server { service: B::NAME, listen, life, routes, verifier, checks, audit, at_border: false }.start(app)
}

/// Holds the clock against the database's as soon as that answers; that it does not is said by whoever asks whether the service is ready.
async fn compare_clock(service: &'static str, pool: Pool, life: Life) {
    while queue::compare_clock(service, &pool, &life).await.is_err() {
        if life.stop.run_until_cancelled(tokio::time::sleep(ASKED_AGAIN)).await.is_none() {
            return;
        }
    }
}

async fn work<B: Backend>(config: B::Config, life: Life) -> Result<Running> {
    let app = (B::OPEN)(&config, life.clone())?;
    let settings = config.as_ref();
    let checks = vec![Check::database(app.pool()), schema::<B>(app.pool())];
    edge::watch(B::NAME, &life, checks.clone());
    if let Some(admin) = settings.listen.admin {
        edge::serve_admin(admin, life.clone(), checks)?;
    }
    let clock = life.clock.clone();
    let subscriptions =
        B::subscriptions().hourly(async move |app: &B| Ok(edge::forget_keys(app.pool(), clock.cautious()).await?));
    let pool = app.pool().clone();
    tokio::spawn(seal(B::NAME, pool.clone(), life.clone()));
    Ok(Worker::new(B::NAME, app, pool, life, &settings.queue).start(subscriptions))
}

/// Seals the audit log until `life` ends.
async fn seal(service: &'static str, pool: Pool, life: Life) {
    while life.stop.run_until_cancelled(tokio::time::sleep(SEALED_EVERY)).await.is_some() {
        if let Err(why) = edge::seal_audit_log(&pool, SETTLED).await {
            tracing::warn!(service, error = %why, "the audit log is not sealed; the next time it is");
        }
    }
}

async fn replay_to<B: Backend>(config: B::Config, life: Life, listener: String) -> Result<usize> {
    let (replays, pool) = (B::subscriptions().into_replays(), Pool::new(&config.as_ref().database)?);
    queue::replay(B::NAME, replays, &pool, &life, &listener).await
}

async fn replay_dead_letters<B: Backend>(config: B::Config, life: Life) -> Result<usize> {
    let settings = config.as_ref();
    queue::replay_dead_letters(B::NAME, &Pool::new(&settings.database)?, &life, &settings.queue).await
}

async fn retry<B: Backend>(config: B::Config, life: Life) -> Result<usize> {
    let pool = Pool::new(&config.as_ref().database)?;
    Ok(pool.transaction(async |conn| queue::retry_given_up(conn, life.clock.now()).await).await?)
}
