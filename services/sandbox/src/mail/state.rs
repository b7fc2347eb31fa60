//! What the mail server remembers, and how it behaves now.

use chrono::{DateTime, Utc};
use runtime::Clock;
use tokio::sync::watch;

use super::{behaviour::MailBehaviour, message::Mail};
use crate::shelf::Shelf;

/// What every conversation can reach.
pub(crate) struct State {
    pub(crate) behaviour: watch::Sender<MailBehaviour>,
    pub(crate) mails: Shelf<Mail>,
    clock: Clock,
}

impl State {
    pub(crate) fn new(clock: Clock) -> Self {
        Self { behaviour: watch::Sender::default(), mails: Shelf::numbered_from(1), clock }
    }

    /// The only place where the mail server reads the time.
    pub(crate) fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    pub(crate) fn behaviour(&self) -> MailBehaviour {
        self.behaviour.borrow().clone()
    }
}
