//! How a service describes what it keeps in PostgreSQL.

use clap::FromArgMatches;
use diesel_migrations::EmbeddedMigrations;
use runtime::ServiceBuilder;

use crate::{Invariant, Settings, migrate, verify};

/// What a service keeps in PostgreSQL.
#[derive(Clone, Copy)]
pub struct Database {
    /// Its migrations, in the order in which they run.
    pub migrations: fn() -> Vec<EmbeddedMigrations>,
    /// What must always hold in it.
    pub invariants: &'static [&'static [Invariant]],
}

/// Describes services that keep data.
pub trait DescribeDatabase<C> {
    /// The service owns `database`, which `settings` name: it can be migrated and verified.
    fn database(self, database: Database, settings: fn(&C) -> &Settings) -> Self;
}

impl<C: FromArgMatches + Send + 'static> DescribeDatabase<C> for ServiceBuilder<C> {
    fn database(self, database: Database, settings: fn(&C) -> &Settings) -> Self {
        let Database { migrations, invariants } = database;
        self.migrate(move |config, _| async move { migrate(&settings(&config).database_url, migrations()).await })
            .verify(move |config, _| async move { verify(&settings(&config).database_url, invariants).await })
    }
}
