//! What handlers and jobs may reach, and how the parts of the process start.

use std::sync::Arc;

use anyhow::Result;
use civic::events::{
    AccountRegistered, AgencyOpened, DossierCompleted, DossierFeePaid, DossierReceived, DossierSubmitted,
    OfficialAssigned, OrganisationRegistered, RegistrationStarted,
};
use diesel_migrations::{EmbeddedMigrations, embed_migrations};
use edge::Check;
use pg::Together;
use runtime::{Finding, Life, Running};
use uuid::Uuid;

use crate::{
    INVARIANTS, api,
    changes::retry,
    channels::{Channels, email::Email, sms::Sms},
    config::Config,
    domain::{message::Outgoing, templates::Templates},
    events,
    jobs::send_message::{self, SendMessage},
    store::messages::Attempt,
};

const MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations");

/// What handlers and jobs may reach.
#[derive(Clone)]
pub struct App {
    pub pool: pg::Pool,
    pub life: Life,
    pub templates: Arc<Templates>,
    pub channels: Channels,
    /// Messages that jobs want to send.
    pub wanted: Arc<Together<Uuid, Option<Outgoing>>>,
    /// Attempts that jobs have made.
    pub attempts: Arc<Together<Attempt, ()>>,
}

impl App {
    fn new(config: &Config, life: Life) -> Result<Self> {
        Ok(Self {
            pool: pg::Pool::new(&config.database)?,
            life,
            templates: Arc::new(Templates::load(&config.public_url)?),
            channels: Channels::new(Email::new(&config.mail)?, Sms::new(&config.sms)?),
            wanted: Arc::default(),
            attempts: Arc::default(),
        })
    }
}

pub async fn serve(config: Config, life: Life) -> Result<Running> {
    let app = App::new(&config, life.clone())?;
    let server = edge::Server {
        service: "notifications",
        checks: vec![Check::database(&app.pool)],
        verifier: edge::token::Verifier::new(config.token, life.clock.clone())?,
        listen: config.listen,
        life,
        routes: Arc::new(api::routes),
    };
    server.start(app)
}

pub async fn work(config: Config, life: Life) -> Result<Running> {
    let app = App::new(&config, life.clone())?;
    let pool = app.pool.clone();
    if let Some(admin) = config.listen.admin {
        edge::serve_admin(admin, life.clone(), vec![Check::database(&pool)])?;
    }
    let worker = queue::Worker::new("notifications", app, pool, life, &config.queue)
        .on::<RegistrationStarted>(events::registration_started::handle)
        .on::<AccountRegistered>(events::account_registered::handle)
        .on::<OrganisationRegistered>(events::organisation_registered::handle)
        .on::<AgencyOpened>(events::agency_opened::handle)
        .on::<OfficialAssigned>(events::official_assigned::handle)
        .on_all::<DossierSubmitted>(events::dossier_submitted::handle)
        .on_all::<DossierFeePaid>(events::dossier_fee_paid::handle)
        .on_all::<DossierReceived>(events::dossier_received::handle)
        .on_all::<DossierCompleted>(events::dossier_completed::handle)
        .job::<SendMessage>(send_message::run);
    Ok(worker.start())
}

pub async fn migrate(config: Config, _: Life) -> Result<()> {
    pg::migrate(&config.database.database_url, vec![queue::MIGRATIONS, edge::MIGRATIONS, MIGRATIONS]).await
}

/// Holds the database against the invariants.
pub async fn verify(config: Config, _: Life) -> Result<Vec<Finding>> {
    pg::verify(&config.database.database_url, &[queue::INVARIANTS, edge::INVARIANTS, INVARIANTS]).await
}

/// Puts messages that were given up back, to be sent again. Gives their number.
pub async fn retry(config: Config, life: Life) -> Result<usize> {
    let pool = pg::Pool::new(&config.database)?;
    Ok(pool.transaction(async |conn| retry::given_up(conn, life.clock.now()).await).await?)
}

/// Puts events that could not be handled back, to be handled again.
pub async fn replay_dead_letters(config: Config, life: Life) -> Result<usize> {
    queue::replay_dead_letters("notifications", &pg::Pool::new(&config.database)?, &life, &config.queue).await
}
