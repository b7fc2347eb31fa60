//! The service, described once.

use std::sync::Arc;

use anyhow::Result;
use civic::events::ProcedurePublished;
use diesel_migrations::{EmbeddedMigrations, embed_migrations};
use edge::{Check, Server, token::Verifier};
use pg::{Database, DescribeDatabase};
use queue::{Subscriptions, Worker};
use runtime::{Life, Running, Service};

use crate::{api, app::App, config::Config, demonstration, store::standing};

const NAME: &str = "catalogue";
const MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations");
const DATABASE: Database = Database {
    migrations: || vec![queue::MIGRATIONS, edge::MIGRATIONS, MIGRATIONS],
    invariants: &[queue::INVARIANTS, edge::INVARIANTS, INVARIANTS],
};
/// What must hold in this service's database, beside what `queue` and `edge` promise of theirs.
const INVARIANTS: &[pg::Invariant] = pg::invariants!["versions_have_no_gap" "the_last_version_is_current"];

/// The service, for the binary and for tests.
pub fn service() -> Service {
    Service::describe::<Config>(NAME, 8086)
        .document(api::document)
        .events(|| subscriptions().events())
        .database(DATABASE, |config| &config.database)
        .serve(serve)
        .work(work)
        .replay(replay_dead_letters)
        .replay_to(replay_to)
        .demonstrate(demonstrate)
        .build()
}

/// What the service tells. It hears nobody.
fn subscriptions() -> Subscriptions<()> {
    Subscriptions::new().sends::<ProcedurePublished>().replays::<ProcedurePublished>(standing::versions)
}

async fn serve(config: Config, life: Life) -> Result<Running> {
    let app = App::new(&config)?;
    let server = Server {
        service: NAME,
        listen: config.listen,
        verifier: Verifier::new(config.token, life.clock.clone())?,
        checks: vec![Check::database(&app.pool)],
        routes: Arc::new(api::routes),
        life,
    };
    server.start(app)
}

async fn work(config: Config, life: Life) -> Result<Running> {
    let pool = pg::Pool::new(&config.database)?;
    if let Some(admin) = config.listen.admin {
        edge::serve_admin(admin, life.clone(), vec![Check::database(&pool)])?;
    }
    Ok(Worker::new(NAME, (), pool, life, &config.queue).start(subscriptions()))
}

async fn demonstrate(config: Config, life: Life) -> Result<()> {
    demonstration::load(&pg::Pool::new(&config.database)?, &life).await
}

async fn replay_to(config: Config, life: Life, listener: String) -> Result<usize> {
    let (replays, pool) = (subscriptions().into_replays(), pg::Pool::new(&config.database)?);
    queue::replay(NAME, replays, &pool, &life, &listener).await
}

async fn replay_dead_letters(config: Config, life: Life) -> Result<usize> {
    queue::replay_dead_letters(NAME, &pg::Pool::new(&config.database)?, &life, &config.queue).await
}
