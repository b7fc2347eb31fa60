//! What a handler may reach.

use std::sync::Arc;

use anyhow::Result;
use chrono::{DateTime, TimeDelta, Utc};
use civic::Vnd;
use documents::Printer;
use runtime::Life;

use crate::{
    attempt_locks::AttemptLocks,
    config::Config,
    forgery_limit::ForgeryLimit,
    providers::{known::Providers, momo::Momo, national::National, vietqr::Vietqr, vnpay::Vnpay, zalopay::Zalopay},
};

/// What a handler may reach. Clones share it.
#[derive(Clone)]
pub struct App {
    pub pool: pg::Pool,
    pub life: Life,
    pub outbox: queue::Outbox,
    /// How long a payer has to pay once she was sent to a provider.
    pub payment_time: TimeDelta,
    /// Refunds of more are approved by a second official.
    pub refund_limit: Vnd,
    /// When more of an order is waived, a second official approves it.
    pub waiver_limit: Vnd,
    /// Whether fees may be paid in parts.
    pub part_payments: bool,
    /// What VNPAY calls us: its statements are of this merchant.
    pub merchant: String,
    /// In which e-receipts are numbered.
    pub receipt_symbol: String,
    /// Prints e-receipts.
    pub printer: Printer,
    /// The order in which callbacks go to the database.
    pub attempt_locks: Arc<AttemptLocks>,
    /// How many notifications may come unsigned.
    pub forgeries: Arc<ForgeryLimit>,
    /// How it goes with asking the provider.
    pub questions: Arc<queue::Outside>,
    /// The installation's own address.
    pub public_url: String,
    /// The ways to the providers.
    pub providers: Arc<Providers>,
}

impl App {
    /// Everything that `config` names, opened.
    ///
    /// # Errors
    /// When a setting cannot be used.
    pub fn new(config: &Config, life: Life) -> Result<Self> {
        let public_url = config.backend.listen.public_url.as_str();
        let providers = Providers {
            vnpay: Vnpay::new(&config.vnpay, public_url, life.clone())?,
            momo: Momo::new(&config.momo, public_url, life.clone())?,
            zalopay: Zalopay::new(&config.zalopay, public_url, life.clone())?,
            vietqr: Vietqr::new(&config.vietqr)?,
            national: National::new(&config.national, life.clone())?,
        };
        Ok(Self {
            pool: pg::Pool::new(&config.backend.database)?,
            outbox: queue::Outbox::new("payments", life.clone()),
            payment_time: TimeDelta::minutes(config.payment_minutes.into()),
            refund_limit: Vnd::new(config.refund_approval_above)?,
            waiver_limit: Vnd::new(config.waiver_approval_above)?,
            part_payments: config.part_payments,
            merchant: config.vnpay.vnpay_tmn_code.clone(),
            receipt_symbol: config.receipt_symbol.clone(),
            printer: Printer::start()?,
            attempt_locks: Arc::default(),
            forgeries: Arc::default(),
            questions: Arc::new(queue::Outside::new("payments", "payment provider")),
            public_url: public_url.trim_end_matches('/').to_owned(),
            providers: Arc::new(providers),
            life,
        })
    }

    /// The time now.
    pub fn now(&self) -> DateTime<Utc> {
        self.life.clock.now()
    }
}
