//! What a handler may reach, and how the service's parts start.

use std::sync::Arc;

use anyhow::Result;
use chrono::{DateTime, TimeDelta, Utc};
use runtime::{Finding, Life, Running};

use crate::{
    INVARIANTS, MIGRATIONS, api,
    api::pages::Pages,
    config::Config,
    domain::provider::ProviderName,
    events, jobs,
    jobs::ask_provider::AskProvider,
    providers::{Provider, vnpay::Vnpay},
    turns::Turns,
};

/// What a handler may reach. Clones share it.
#[derive(Clone)]
pub struct App {
    pub pool: pg::Pool,
    pub life: Life,
    pub outbox: queue::Outbox,
    pub pages: Arc<Pages>,
    /// How long a payer has to pay once she was sent to a provider.
    pub payment_time: TimeDelta,
    /// The order in which callbacks go to the database.
    pub turns: Arc<Turns>,
    /// How it goes with asking the provider.
    pub questions: Arc<queue::Outside>,
    vnpay: Arc<Vnpay>,
}

impl App {
    fn new(config: &Config, life: Life) -> Result<Self> {
        config.check()?;
        Ok(Self {
            pool: pg::Pool::new(&config.database)?,
            outbox: queue::Outbox::new("payments", life.clone()),
            pages: Arc::new(Pages::load()?),
            payment_time: TimeDelta::minutes(config.payment_minutes.into()),
            turns: Arc::default(),
            questions: Arc::new(queue::Outside::new("payments", "payment provider")),
            vnpay: Arc::new(Vnpay::new(&config.vnpay, &config.public_url, life.clone())?),
            life,
        })
    }

    /// The time now.
    pub fn now(&self) -> DateTime<Utc> {
        self.life.clock.now()
    }

    /// The way to a provider.
    pub fn provider(&self, name: ProviderName) -> &dyn Provider {
        match name {
            ProviderName::Vnpay => self.vnpay.as_ref(),
        }
    }
}

/// Starts the API.
pub async fn serve(config: Config, life: Life) -> Result<Running> {
    let app = App::new(&config, life.clone())?;
    edge::Server {
        service: "payments",
        listen: config.listen,
        verifier: edge::token::Verifier::new(config.token, life.clock.clone())?,
        life,
        routes: Arc::new(api::routes),
        checks: vec![edge::Check::database(&app.pool)],
    }
    .start(app)
}

/// Starts the background work: opening orders, asking providers, telling others the news.
pub async fn work(config: Config, life: Life) -> Result<Running> {
    let app = App::new(&config, life.clone())?;
    if let Some(admin) = config.listen.admin {
        edge::serve_admin(admin, life.clone(), vec![edge::Check::database(&app.pool)])?;
    }
    let pool = app.pool.clone();
    Ok(queue::Worker::new("payments", app, pool, life, &config.queue)
        .on::<civic::events::DossierFeeDue>(events::dossier_fee_due::handle)
        .job::<AskProvider>(jobs::ask_provider::run)
        .hourly(async |app: &App| Ok(edge::forget_keys(&app.pool, app.life.clock.now()).await?))
        .start())
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
    queue::replay_dead_letters("payments", &pg::Pool::new(&config.database)?, &life, &config.queue).await
}
