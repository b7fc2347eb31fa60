//! The service, described once.

use std::sync::Arc;

use anyhow::Result;
use civic::events::{
    AccountNoticed, AccountRegistered, AgencyOpened, ConfirmationStarted, OfficialAssigned, OrganisationRegistered,
    RegistrationStarted,
};
use diesel_migrations::{EmbeddedMigrations, embed_migrations};
use edge::{Check, Server, token::Verifier};
use pg::{Database, DescribeDatabase};
use queue::{Subscriptions, Worker};
use runtime::{Life, Running, Service};

use crate::{
    api,
    app::App,
    changes::{ForgetRegistration, SendResetCode},
    config::Config,
    demonstration,
    jobs::{forget_registration, send_reset_code},
    store::{confirmations, sign_in_failures, standing},
};

const NAME: &str = "accounts";
const MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations");
const DATABASE: Database = Database {
    migrations: || vec![queue::MIGRATIONS, edge::MIGRATIONS, MIGRATIONS],
    invariants: &[queue::INVARIANTS, edge::INVARIANTS, INVARIANTS],
};
/// What must hold in this service's database, beside what `queue` and `edge` promise of theirs.
const INVARIANTS: &[pg::Invariant] = pg::invariants![
    "confirmed_registrations_have_accounts"
    "citizens_can_sign_in"
];

/// The service, for the binary and for tests.
pub fn service() -> Service {
    Service::describe::<Config>(NAME, 8081)
        .document(api::document)
        .events(|| subscriptions().events())
        .database(DATABASE, |config| &config.database)
        .serve(serve)
        .work(work)
        .replay(replay_dead_letters)
        .replay_to(replay_to)
        .retry(retry)
        .demonstrate(demonstration::load)
        .build()
}

/// What the service tells, and does later. It hears nobody.
fn subscriptions() -> Subscriptions<App> {
    Subscriptions::new()
        .sends::<RegistrationStarted>()
        .sends::<ConfirmationStarted>()
        .sends::<AccountNoticed>()
        .sends::<AccountRegistered>()
        .sends::<OrganisationRegistered>()
        .sends::<AgencyOpened>()
        .sends::<OfficialAssigned>()
        .replays::<AgencyOpened>(standing::agencies)
        .replays::<AccountRegistered>(standing::persons)
        .replays::<OrganisationRegistered>(standing::organisations)
        .replays::<OfficialAssigned>(standing::officials)
        .job::<ForgetRegistration>(forget_registration::run)
        .job::<SendResetCode>(send_reset_code::run)
        .hourly(async |app: &App| Ok(edge::forget_keys(&app.pool, app.life.clock.now()).await?))
        .hourly(async |app: &App| Ok(confirmations::forget_old(&mut *app.pool.get().await?, app.now()).await?))
        .hourly(async |app: &App| Ok(sign_in_failures::forget_old(&mut *app.pool.get().await?, app.now()).await?))
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
