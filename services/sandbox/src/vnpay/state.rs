//! What VNPAY remembers, and how it behaves now.

use std::sync::Arc;

use anyhow::Context;
use chrono::{DateTime, Utc};
use runtime::Clock;
use tokio::sync::{mpsc, watch};
use url::Url;

use super::{
    behaviour::VnpayBehaviour,
    notice::{self, Notice},
    payment::Payment,
};
use crate::{Config, pages::Pages, shelf::Shelf};

/// What every request and notification can reach.
pub(crate) struct State {
    pub(crate) config: Config,
    pub(crate) behaviour: watch::Sender<VnpayBehaviour>,
    pub(crate) ipn_url: watch::Sender<Option<Url>>,
    pub(crate) payments: Shelf<Payment>,
    /// `vnp_RequestId`s already used, each with its day: VNPAY takes one only once a day.
    pub(crate) request_ids: Shelf<(String, String)>,
    /// Payments whose merchant has to be notified.
    pub(crate) notices: mpsc::UnboundedSender<Notice>,
    pub(crate) pages: Arc<Pages>,
    clock: Clock,
}

impl State {
    pub(crate) fn new(
        config: Config,
        clock: Clock,
        notices: mpsc::UnboundedSender<Notice>,
        pages: Arc<Pages>,
    ) -> anyhow::Result<Self> {
        let ipn_url = config
            .vnpay_ipn_url
            .as_deref()
            .map(notice::parse_target)
            .transpose()
            .map_err(anyhow::Error::msg)
            .context("the IPN URL is refused")?;
        Ok(Self {
            behaviour: watch::Sender::default(),
            ipn_url: watch::Sender::new(ipn_url),
            payments: Shelf::numbered_by_time(clock.now()),
            request_ids: Shelf::numbered_from(1),
            notices,
            pages,
            config,
            clock,
        })
    }

    /// The only place where VNPAY reads the time.
    pub(crate) fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    pub(crate) fn behaviour(&self) -> VnpayBehaviour {
        self.behaviour.borrow().clone()
    }
}
