//! The service, described once.

use std::sync::Arc;

use anyhow::Result;
use civic::events::{
    AgencyOpened, DossierCompleted, DossierFeeDue, DossierFeePaid, DossierMoved, DossierReceived, DossierSubmitted,
    OrderMoved, PaymentSettled, ProcedurePublished,
};
use diesel_migrations::{EmbeddedMigrations, embed_migrations};
use edge::{Check, Server, token::Verifier};
use pg::{Database, DescribeDatabase};
use queue::{Subscriptions, Worker};
use runtime::{Life, Running, Service};

use crate::{api, app::App, changes, config::Config, events};

const NAME: &str = "submissions";
const MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations");
const DATABASE: Database = Database {
    migrations: || vec![queue::MIGRATIONS, edge::MIGRATIONS, MIGRATIONS],
    invariants: &[queue::INVARIANTS, edge::INVARIANTS, INVARIANTS],
};
/// What must hold in this service's database, beside what `queue` and `edge` promise of theirs.
const INVARIANTS: &[pg::Invariant] = pg::invariants![
    "codes_have_no_gap"
    "codes_name_agency_and_day"
    "dossier_steps_are_edges"
    "histories_end_at_the_present"
    "unpaid_dossiers_wait"
    "charges_are_rounds"
    "clock_periods_have_no_gap"
    "custody_is_unbroken"
    "open_requests_are_waited_for"
    "completed_dossiers_have_results"
    "changes_are_told_once"
    "told_states_are_real"
    "answered_dossiers_exist"
    "filings_are_audited"
    "workload_is_a_recount"
];

/// The service, for the binary and for tests.
pub fn service() -> Service {
    Service::describe::<Config>(NAME, 8082)
        .document(api::document)
        .events(|| subscriptions().events())
        .database(DATABASE, |config| &config.database)
        .serve(serve)
        .work(work)
        .replay(replay_dead_letters)
        .replay_to(replay_to)
        .retry(retry)
        .build()
}

/// What the service tells, hears, and does later.
fn subscriptions() -> Subscriptions<App> {
    Subscriptions::new()
        .sends::<DossierSubmitted>()
        .sends::<DossierFeeDue>()
        .sends::<DossierFeePaid>()
        .sends::<DossierReceived>()
        .sends::<DossierCompleted>()
        .sends::<DossierMoved>()
        .replays::<DossierMoved>(changes::replay::replay)
        .on::<AgencyOpened>(events::agency_opened::handle)
        .on::<OrderMoved>(events::order_moved::handle)
        .on::<PaymentSettled>(events::payment_settled::handle)
        .on::<ProcedurePublished>(events::procedure_published::handle)
        .hourly(async |app: &App| Ok(edge::forget_keys(&app.pool, app.life.clock.now()).await?))
}

async fn serve(config: Config, life: Life) -> Result<Running> {
    let app = App::new(&config, life.clone())?;
    let server = Server {
        service: NAME,
        listen: config.listen,
        verifier: Verifier::new(config.token, life.clock.clone())?,
        checks: vec![Check::database(&app.pool), app.filings.check()],
        routes: Arc::new(api::routes),
        life,
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

async fn replay_to(config: Config, life: Life, listener: String) -> Result<usize> {
    let (replays, pool) = (subscriptions().into_replays(), pg::Pool::new(&config.database)?);
    queue::replay(NAME, replays, &pool, &life, &listener).await
}

async fn replay_dead_letters(config: Config, life: Life) -> Result<usize> {
    queue::replay_dead_letters(NAME, &pg::Pool::new(&config.database)?, &life, &config.queue).await
}

async fn retry(config: Config, life: Life) -> Result<usize> {
    let pool = pg::Pool::new(&config.database)?;
    Ok(pool.transaction(async |conn| queue::retry_given_up(conn, life.clock.now()).await).await?)
}
