//! The service, described once.

use std::sync::Arc;

use anyhow::Result;
use civic::events::{DossierFeeDue, DossierMoved, OrderMoved, PaymentSettled};
use diesel_migrations::{EmbeddedMigrations, embed_migrations};
use edge::{Check, Server, token::Verifier};
use pg::{Database, DescribeDatabase};
use queue::{Subscriptions, Worker};
use runtime::{Life, Running, Service};

use crate::{
    api,
    app::App,
    changes::{ask_later::AskProvider, tell_order},
    config::Config,
    events,
    jobs::ask_provider,
};

const NAME: &str = "payments";
const MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations");
const DATABASE: Database = Database {
    migrations: || vec![queue::MIGRATIONS, edge::MIGRATIONS, MIGRATIONS],
    invariants: &[queue::INVARIANTS, edge::INVARIANTS, INVARIANTS],
};
/// What must hold in this service's database, beside what `queue` and `edge` promise of theirs.
const INVARIANTS: &[pg::Invariant] = pg::invariants![
    "paid_orders_have_one_capture"
    "transfers_name_a_cause_that_there_is"
    "attempts_with_money_have_one_transfer"
    "debits_equal_credits"
    "balances_are_what_was_paid"
    "money_is_never_given_back_twice"
    "order_versions_have_no_gap"
    "order_steps_are_edges"
    "attempt_steps_are_edges"
    "histories_end_at_the_present"
    "settlements_are_told_once"
    "open_attempts_are_asked_about"
];

/// The service, for the binary and for tests.
pub fn service() -> Service {
    Service::describe::<Config>(NAME, 8083)
        .document(api::document)
        .events(|| subscriptions().events())
        .database(DATABASE, |config| &config.database)
        .serve(serve)
        .work(work)
        .replay(replay_dead_letters)
        .retry(retry)
        .build()
}

/// What the service tells, hears, and does later.
fn subscriptions() -> Subscriptions<App> {
    Subscriptions::new()
        .sends::<OrderMoved>()
        .replays::<OrderMoved>(tell_order::standing)
        .sends::<PaymentSettled>()
        .on_newest::<DossierMoved>(events::dossier_moved::handle)
        .on::<DossierFeeDue>(events::dossier_fee_due::handle)
        .job::<AskProvider>(ask_provider::run)
        .hourly(async |app: &App| Ok(edge::forget_keys(&app.pool, app.life.clock.now()).await?))
}

async fn serve(config: Config, life: Life) -> Result<Running> {
    let app = App::new(&config, life.clone())?;
    let server = Server {
        service: NAME,
        listen: config.listen,
        verifier: Verifier::new(config.token, life.clock.clone())?,
        life,
        routes: Arc::new(api::routes),
        checks: vec![Check::database(&app.pool)],
    };
    server.start(app)
}

async fn work(config: Config, life: Life) -> Result<Running> {
    let app = App::new(&config, life.clone())?;
    if let Some(admin) = config.listen.admin {
        edge::serve_admin(admin, life.clone(), vec![Check::database(&app.pool)])?;
    }
    let pool = app.pool.clone();
    Ok(Worker::new(NAME, app, pool, life, &config.queue).start(subscriptions()))
}

async fn replay_dead_letters(config: Config, life: Life) -> Result<usize> {
    queue::replay_dead_letters(NAME, &pg::Pool::new(&config.database)?, &life, &config.queue).await
}

async fn retry(config: Config, life: Life) -> Result<usize> {
    let pool = pg::Pool::new(&config.database)?;
    Ok(pool.transaction(async |conn| queue::retry_given_up(conn, life.clock.now()).await).await?)
}
