//! What every part of a process is given: when to stop, what time it is, where randomness comes from.

use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::{Clock, Random, Subscribers};

/// The life of a process part. Cloned into every server, worker and handler.
#[derive(Clone, Debug)]
pub struct Life {
    /// Cancelled a moment before `stop`, when the process can: clients are to turn elsewhere, and are still served.
    pub leaving: CancellationToken,
    /// Cancelled when the process is to stop: finish what is under way, take nothing new.
    pub stop: CancellationToken,
    /// The only place to ask for the time.
    pub clock: Clock,
    /// The only place to ask for randomness.
    pub random: Random,
    /// Who hears each type of event in this installation; of types that are not in it nothing is told yet.
    pub subscribers: Subscribers,
}

impl Life {
    /// A life on the system's clock and randomness.
    pub fn system() -> Self {
        Self {
            leaving: CancellationToken::new(),
            stop: CancellationToken::new(),
            clock: Clock::system(),
            random: Random::system(),
            subscribers: Subscribers::default(),
        }
    }

    /// A new identifier (UUIDv7), in order of time.
    pub fn new_id(&self) -> Uuid {
        self.random.uuid_v7(self.clock.now())
    }
}
