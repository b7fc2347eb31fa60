//! What the SMS aggregator remembers, and how it behaves now.

use chrono::{DateTime, Utc};
use runtime::Clock;
use tokio::sync::watch;

use super::{behaviour::SmsBehaviour, message::Sms};
use crate::{Config, shelf::Shelf};

/// What every request can reach.
pub(crate) struct State {
    pub(crate) config: Config,
    pub(crate) behaviour: watch::Sender<SmsBehaviour>,
    pub(crate) sms: Shelf<Sms>,
    clock: Clock,
}

impl State {
    pub(crate) fn new(config: Config, clock: Clock) -> Self {
        let sms = Shelf::numbered_by_time(clock.now());
        Self { config, behaviour: watch::Sender::default(), sms, clock }
    }

    /// The only place where the aggregator reads the time.
    pub(crate) fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    pub(crate) fn behaviour(&self) -> SmsBehaviour {
        self.behaviour.borrow().clone()
    }
}
