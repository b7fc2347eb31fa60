//! What handlers and jobs may reach.

use std::sync::Arc;

use anyhow::Result;
use chrono::TimeDelta;
use runtime::Life;

use crate::{
    channels::{Channels, email::Email, sms::Sms},
    config::Config,
    deliveries::Deliveries,
    templates::Templates,
};

/// What handlers and jobs may reach.
#[derive(Clone)]
pub struct App {
    pub pool: pg::Pool,
    pub life: Life,
    pub templates: Arc<Templates>,
    pub channels: Channels,
    /// The way to the database for whoever sends.
    pub deliveries: Arc<Deliveries>,
    /// How long the words of messages are kept.
    pub words_kept: TimeDelta,
}

impl App {
    /// Everything that `config` names, opened.
    ///
    /// # Errors
    /// When a setting cannot be used.
    pub fn new(config: &Config, life: Life) -> Result<Self> {
        let pool = pg::Pool::new(&config.backend.database)?;
        Ok(Self {
            deliveries: Arc::new(Deliveries::new(pool.clone())),
            words_kept: TimeDelta::days(config.message_days.into()),
            pool,
            life,
            templates: Arc::new(Templates::load(config.backend.listen.public_url.as_str())?),
            channels: Channels::new(Email::new(&config.mail)?, Sms::new(&config.sms)?),
        })
    }
}
