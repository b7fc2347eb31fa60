//! What every door of the sandbox can reach: settings, the clock, memory and the current behaviour.

use anyhow::Context;
use chrono::{DateTime, Utc};
use runtime::Clock;
use tokio::sync::{mpsc, watch};
use url::Url;

use crate::{
    Behaviour, Config,
    mail::message::Mail,
    pages::Pages,
    shelf::Shelf,
    sms::message::Sms,
    vnpay::{
        notice::{self, Notice},
        payment::Payment,
    },
};

/// What every door can reach.
pub(crate) struct State {
    pub(crate) config: Config,
    pub(crate) behaviour: watch::Sender<Behaviour>,
    pub(crate) ipn_url: watch::Sender<Option<Url>>,
    pub(crate) mails: Shelf<Mail>,
    pub(crate) sms: Shelf<Sms>,
    pub(crate) payments: Shelf<Payment>,
    /// `vnp_RequestId`s already used, each with its day: VNPAY takes one only once a day.
    pub(crate) vnpay_requests: Shelf<(String, String)>,
    /// Payments whose merchant has to be notified.
    pub(crate) notices: mpsc::UnboundedSender<Notice>,
    pub(crate) pages: Pages,
    clock: Clock,
}

impl State {
    pub(crate) fn new(config: Config, clock: Clock, notices: mpsc::UnboundedSender<Notice>) -> anyhow::Result<Self> {
        let ipn_url = config
            .vnpay_ipn_url
            .as_deref()
            .map(notice::parse_target)
            .transpose()
            .map_err(anyhow::Error::msg)
            .context("the IPN URL is refused")?;
        let first = first_provider_number(clock.now());
        Ok(Self {
            behaviour: watch::Sender::new(Behaviour::default()),
            ipn_url: watch::Sender::new(ipn_url),
            mails: Shelf::numbered_from(1),
            sms: Shelf::numbered_from(first),
            payments: Shelf::numbered_from(first),
            vnpay_requests: Shelf::numbered_from(1),
            notices,
            pages: Pages::load()?,
            config,
            clock,
        })
    }

    /// The only place where the sandbox reads the time.
    pub(crate) fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    pub(crate) fn behaviour(&self) -> Behaviour {
        self.behaviour.borrow().clone()
    }
}

/// Numbers a provider gives out must not repeat after a restart, for merchants remember them:
/// milliseconds since 1970 fit VNPAY's 15 digits and outrun any counter.
fn first_provider_number(now: DateTime<Utc>) -> u64 {
    u64::try_from(now.timestamp_millis()).unwrap_or(1)
}
