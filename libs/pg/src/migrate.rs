//! Brings a database to this version's schema, one process at a time.

use anyhow::{Context, Result, anyhow};
use diesel_async::{AsyncConnection, AsyncMigrationHarness, AsyncPgConnection, SimpleAsyncConnection};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness};

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
    let mut connection =
        AsyncPgConnection::establish(url).await.context("The database to migrate cannot be reached")?;
    connection.batch_execute(LOCK).await.context("The migration lock cannot be taken")?;
    let mut harness = AsyncMigrationHarness::new(connection);
    for set in migrations {
        harness.run_pending_migrations(set).map_err(|why| anyhow!("A migration failed: {why}"))?;
    }
    Ok(())
}
