//! Brings a database to this version's schema, one process at a time.

use anyhow::{Context, Result, anyhow};
use diesel::{QueryableByName, migration::MigrationSource, pg::Pg, sql_query, sql_types::Text};
use diesel_async::RunQueryDsl;
use diesel_async::{AsyncMigrationHarness, SimpleAsyncConnection};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness};

use crate::{Error, Pool};

/// The bytes of "motcua" as a number: migrations of one database run one after the other.
const LOCK: &str = "select pg_advisory_lock(120325461472609)";

/// Runs what is pending of `migrations`, in the order given. Running it again changes nothing.
///
/// # Errors
/// When the database cannot be reached or a migration fails; that migration is rolled back.
pub async fn migrate(database_url: &str, migrations: Vec<EmbeddedMigrations>) -> Result<()> {
    let url = database_url.to_owned();
    // The harness blocks its thread, which an event loop of the caller's must not suffer.
    tokio::task::spawn_blocking(move || {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
        runtime.block_on(run(&url, migrations))
    })
    .await?
}

async fn run(url: &str, migrations: Vec<EmbeddedMigrations>) -> Result<()> {
    let mut connection = crate::connect(url).await.context("The database to migrate cannot be reached")?;
    connection.batch_execute(LOCK).await.context("The migration lock cannot be taken")?;
    let mut harness = AsyncMigrationHarness::new(connection);
    for set in migrations {
        harness.run_pending_migrations(set).map_err(|why| anyhow!("A migration failed: {why}"))?;
    }
    Ok(())
}

const DONE: &str = "select version from __diesel_schema_migrations";
/// Says whether a database was ever migrated, in a row or none.
const EVER: &str = "select 'migrated' as version where to_regclass('__diesel_schema_migrations') is not null";

#[derive(QueryableByName)]
struct Done {
    #[diesel(sql_type = Text)]
    version: String,
}

/// The migrations that the database lacks, in their order; what a newer version has run there besides does no harm.
///
/// # Errors
/// When the database does not answer.
pub async fn pending(pool: &Pool, migrations: &[EmbeddedMigrations]) -> Result<Vec<String>, Error> {
    let mut connection = pool.get().await?;
    let ever: Vec<Done> = sql_query(EVER).load(&mut connection).await?;
    let done: Vec<Done> = if ever.is_empty() { Vec::new() } else { sql_query(DONE).load(&mut connection).await? };
    let is_done = |version: &String| done.iter().any(|done| done.version == *version);
    let mut versions = Vec::new();
    for set in migrations {
        let set = MigrationSource::<Pg>::migrations(set).map_err(|why| Error::Unavailable(why.to_string()))?;
        versions.extend(set.iter().map(|migration| migration.name().version().to_string()));
    }
    versions.retain(|version| !is_done(version));
    Ok(versions)
}
