//! What a handler may reach.

use std::sync::Arc;

use anyhow::Result;
use chrono::{DateTime, TimeDelta, Utc};
use runtime::Life;

use crate::{
    api::pages::Pages,
    config::Config,
    domain::provider::ProviderName,
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
    /// Everything that `config` names, opened.
    ///
    /// # Errors
    /// When a setting cannot be used.
    pub fn new(config: &Config, life: Life) -> Result<Self> {
        Ok(Self {
            pool: pg::Pool::new(&config.database)?,
            outbox: queue::Outbox::new("payments", life.clone()),
            pages: Arc::new(Pages::load()?),
            payment_time: TimeDelta::minutes(config.payment_minutes.into()),
            turns: Arc::default(),
            questions: Arc::new(queue::Outside::new("payments", "payment provider")),
            vnpay: Arc::new(Vnpay::new(&config.vnpay, config.listen.public_url.as_str(), life.clone())?),
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
