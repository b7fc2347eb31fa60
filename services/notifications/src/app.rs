//! What handlers and jobs may reach.

use std::sync::Arc;

use anyhow::Result;
use pg::Batcher;
use runtime::Life;
use uuid::Uuid;

use crate::{
    channels::{Channels, email::Email, sms::Sms},
    config::Config,
    domain::{message::Outgoing, templates::Templates},
    store::messages::Attempt,
};

/// What handlers and jobs may reach.
#[derive(Clone)]
pub struct App {
    pub pool: pg::Pool,
    pub life: Life,
    pub templates: Arc<Templates>,
    pub channels: Channels,
    /// Messages that jobs want to send.
    pub wanted: Arc<Batcher<Uuid, Option<Outgoing>>>,
    /// Attempts that jobs have made.
    pub attempts: Arc<Batcher<Attempt, ()>>,
}

impl App {
    /// Everything that `config` names, opened.
    ///
    /// # Errors
    /// When a setting cannot be used.
    pub fn new(config: &Config, life: Life) -> Result<Self> {
        Ok(Self {
            pool: pg::Pool::new(&config.backend.database)?,
            life,
            templates: Arc::new(Templates::load(config.backend.listen.public_url.as_str())?),
            channels: Channels::new(Email::new(&config.mail)?, Sms::new(&config.sms)?),
            wanted: Arc::default(),
            attempts: Arc::default(),
        })
    }
}
