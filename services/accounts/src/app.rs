//! What a handler may reach, and how the service's parts start.

use std::sync::Arc;

use anyhow::Result;
use chrono::{DateTime, TimeDelta, Utc};
use runtime::{Finding, Life, Running};

use crate::{
    Config, INVARIANTS, MIGRATIONS, api,
    domain::access_token::Terms,
    jobs::{self, forget_registration::ForgetRegistration},
    passwords::Passwords,
    signing::SigningKeys,
};

/// What a handler may reach. Clones share it.
#[derive(Clone)]
pub struct App {
    pub pool: pg::Pool,
    pub life: Life,
    pub outbox: queue::Outbox,
    pub passwords: Passwords,
    pub keys: SigningKeys,
    /// What every access token says.
    pub terms: Terms,
    /// How long a sign-in lives at most.
    pub session_life: TimeDelta,
}

impl App {
    fn new(config: &Config, life: Life) -> Result<Self> {
        let terms =
            Terms { issuer: config.token.issuer.clone(), life: TimeDelta::seconds(config.access_token_seconds.into()) };
        Ok(Self {
            pool: pg::Pool::new(&config.database)?,
            outbox: queue::Outbox::new("accounts", life.clone()),
            passwords: Passwords::start(life.random.clone())?,
            keys: SigningKeys::new(life.clone(), terms.life),
            terms,
            session_life: TimeDelta::hours(config.session_hours.into()),
            life,
        })
    }

    /// The time now.
    pub fn now(&self) -> DateTime<Utc> {
        self.life.clock.now()
    }
}

/// Starts the API.
pub async fn serve(config: Config, life: Life) -> Result<Running> {
    let app = App::new(&config, life.clone())?;
    edge::Server {
        service: "accounts",
        listen: config.listen,
        verifier: edge::token::Verifier::new(config.token, life.clock.clone())?,
        life,
        routes: Arc::new(api::routes),
        checks: vec![edge::Check::database(&app.pool)],
    }
    .start(app)
}

/// Starts the background work.
pub async fn work(config: Config, life: Life) -> Result<Running> {
    let app = App::new(&config, life.clone())?;
    if let Some(admin) = config.listen.admin {
        edge::serve_admin(admin, life.clone(), vec![edge::Check::database(&app.pool)])?;
    }
    let pool = app.pool.clone();
    let worker = queue::Worker::new("accounts", app, pool, life, &config.queue);
    let worker = worker.job::<ForgetRegistration>(jobs::forget_registration::run);
    Ok(worker.hourly(async |app: &App| Ok(edge::forget_keys(&app.pool, app.life.clock.now()).await?)).start())
}

/// Brings the database up to date.
pub async fn migrate(config: Config, _: Life) -> Result<()> {
    pg::migrate(&config.database.database_url, vec![queue::MIGRATIONS, edge::MIGRATIONS, MIGRATIONS]).await
}

/// Holds the database against the invariants.
pub async fn verify(config: Config, _: Life) -> Result<Vec<Finding>> {
    pg::verify(&config.database.database_url, &[queue::INVARIANTS, edge::INVARIANTS, INVARIANTS]).await
}

/// Puts jobs that were given up back, to be tried again. Gives their number.
pub async fn retry(config: Config, life: Life) -> Result<usize> {
    let pool = pg::Pool::new(&config.database)?;
    Ok(pool.transaction(async |conn| queue::retry_given_up(conn, life.clock.now()).await).await?)
}

/// Puts events that could not be handled back, to be handled again.
pub async fn replay_dead_letters(config: Config, life: Life) -> Result<usize> {
    queue::replay_dead_letters("accounts", &pg::Pool::new(&config.database)?, &life, &config.queue).await
}
