//! Notices a server that answers nothing: its machine is gone, or something between has forgotten the connection. TCP alone
//! would wait for hours, and the server's own limits do not help when it is the server that cannot be heard.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use diesel::{
    connection::InstrumentationEvent,
    result::{DatabaseErrorKind, Error},
};
use diesel_async::{AsyncConnection, AsyncPgConnection};
use tokio::time::sleep;

use crate::{address::Driver, demotion::Demotion};

/// The server ends every statement of ours after 15 s.
const LONGEST: Duration = Duration::from_secs(20);
const POLL_INTERVAL: Duration = Duration::from_secs(1);

/// Since when a connection's statement has no answer. Clones share it.
#[derive(Clone)]
pub(crate) struct Silence {
    born: Instant,
    /// Milliseconds since `born`, and one more; 0 when nothing was asked.
    asked: Arc<AtomicU64>,
}

impl Silence {
    pub(crate) fn new() -> Self {
        Self { born: Instant::now(), asked: Arc::default() }
    }

    /// A statement was sent.
    pub(crate) fn begins(&self) {
        let millis = u64::try_from(self.born.elapsed().as_millis()).unwrap_or(u64::MAX - 1);
        self.asked.store(millis + 1, Ordering::Relaxed);
    }

    /// It was answered, or nobody waits for the answer any more.
    pub(crate) fn ends(&self) {
        self.asked.store(0, Ordering::Relaxed);
    }

    /// Watches the statements of a connection; one that is refused because the server only reads is told to `demotion`.
    pub(crate) fn watch(&self, connection: &mut AsyncPgConnection, demotion: &Demotion) {
        let (silence, demotion) = (self.clone(), demotion.clone());
        connection.set_instrumentation(move |event: InstrumentationEvent<'_>| match event {
            InstrumentationEvent::StartQuery { .. } => silence.begins(),
            InstrumentationEvent::FinishQuery { error, .. } => {
                silence.ends();
                if matches!(error, Some(Error::DatabaseError(DatabaseErrorKind::ReadOnlyTransaction, _))) {
                    demotion.notice();
                }
            }
            _ => {}
        });
    }

    #[cfg(test)]
    pub(crate) fn is_waited_on(&self) -> bool {
        self.asked.load(Ordering::Relaxed) > 0
    }

    fn is_long(&self) -> bool {
        let asked = self.asked.load(Ordering::Relaxed);
        asked > 0 && self.born.elapsed().saturating_sub(Duration::from_millis(asked - 1)) > LONGEST
    }

    /// Drives a connection until it ends, or is given up: whoever waits on it is told that it is closed.
    pub(crate) async fn drive(self, mut connection: Driver, demotion: Demotion) {
        loop {
            tokio::select! {
                ended = &mut connection => {
                    if let Err(why) = ended {
                        tracing::debug!(%why, "a connection to the database ended");
                    }
                    return;
                }
                () = sleep(POLL_INTERVAL) => {}
            }
            if self.is_long() {
                tracing::warn!("the database has not answered for {} s; the connection is given up", LONGEST.as_secs());
                // Others that were opened to it meanwhile would each cost somebody as long.
                demotion.notice();
                return;
            }
        }
    }
}
