//! What a handler may reach.

use anyhow::Result;
use chrono::{DateTime, TimeDelta, Utc};
use runtime::Life;

use crate::{config::Config, guess_locks::GuessLocks, passwords::Passwords, signing::SigningKeys};

/// What a handler may reach. Clones share it.
#[derive(Clone)]
pub struct App {
    pub pool: pg::Pool,
    pub life: Life,
    pub outbox: queue::Outbox,
    pub passwords: Passwords,
    pub guesses: GuessLocks,
    pub keys: SigningKeys,
    /// How long a sign-in lives at most.
    pub session_life: TimeDelta,
}

impl App {
    /// Everything that `config` names, opened.
    ///
    /// # Errors
    /// When a setting cannot be used.
    pub fn new(config: &Config, life: Life) -> Result<Self> {
        let token_life = TimeDelta::seconds(config.access_token_seconds.into());
        Ok(Self {
            pool: pg::Pool::new(&config.backend.database)?,
            outbox: queue::Outbox::new("accounts", life.clone()),
            passwords: Passwords::start(life.random.clone())?,
            guesses: GuessLocks::default(),
            keys: SigningKeys::new(life.clone(), config.backend.token.issuer.clone(), token_life),
            session_life: TimeDelta::hours(config.session_hours.into()),
            life,
        })
    }

    /// The time now.
    pub fn now(&self) -> DateTime<Utc> {
        self.life.clock.now()
    }
}
