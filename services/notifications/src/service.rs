//! The service, described once.

use std::sync::Arc;

use anyhow::Result;
use civic::events::{
    AccountNoticed, AccountRegistered, AgencyOpened, ConfirmationStarted, DossierCompleted, DossierFeePaid,
    DossierReceived, DossierSubmitted, OfficialAssigned, OrganisationRegistered, RegistrationStarted,
};
use diesel_migrations::{EmbeddedMigrations, embed_migrations};
use edge::{Check, Server, token::Verifier};
use pg::{Database, DescribeDatabase};
use queue::{Subscriptions, Worker};
use runtime::{Life, Running, Service};

use crate::{
    api,
    app::App,
    changes::retry,
    config::Config,
    events,
    jobs::send_message::{self, SendMessage},
};

const NAME: &str = "notifications";
const MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations");
const DATABASE: Database = Database {
    migrations: || vec![queue::MIGRATIONS, edge::MIGRATIONS, MIGRATIONS],
    invariants: &[queue::INVARIANTS, edge::INVARIANTS, INVARIANTS],
};
/// What must hold in this service's database, beside what `queue` and `edge` promise of theirs.
const INVARIANTS: &[pg::Invariant] = pg::invariants![
    "news_is_written_once"
    "message_states_are_their_attempts"
    "unsent_messages_are_not_forgotten"
];

/// The service, for the binary and for tests.
pub fn service() -> Service {
    Service::describe::<Config>(NAME, 8084)
        .document(api::document)
        .events(|| subscriptions().events())
        .database(DATABASE, |config| &config.database)
        .serve(serve)
        .work(work)
        .replay(replay_dead_letters)
        .retry(retry_given_up)
        .build()
}

/// What the service hears, and does later. It tells nobody anything.
fn subscriptions() -> Subscriptions<App> {
    Subscriptions::new()
        .on::<RegistrationStarted>(events::registration_started::handle)
        .on::<ConfirmationStarted>(events::confirmation_started::handle)
        .on::<AccountNoticed>(events::account_noticed::handle)
        .on::<AccountRegistered>(events::account_registered::handle)
        .on::<OrganisationRegistered>(events::organisation_registered::handle)
        .on::<AgencyOpened>(events::agency_opened::handle)
        .on::<OfficialAssigned>(events::official_assigned::handle)
        .on_all::<DossierSubmitted>(events::dossier_submitted::handle)
        .on_all::<DossierFeePaid>(events::dossier_fee_paid::handle)
        .on_all::<DossierReceived>(events::dossier_received::handle)
        .on_all::<DossierCompleted>(events::dossier_completed::handle)
        .job::<SendMessage>(send_message::run)
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

async fn retry_given_up(config: Config, life: Life) -> Result<usize> {
    let pool = pg::Pool::new(&config.database)?;
    Ok(pool.transaction(async |conn| retry::given_up(conn, life.clock.now()).await).await?)
}
