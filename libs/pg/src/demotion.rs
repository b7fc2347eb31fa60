//! Notices that a server takes no writes any more, or is not heard any more: after a fail-over, connections to it are of no use.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Instant,
};

/// When a statement was last refused because the server only reads, or not answered at all. Clones share it.
#[derive(Clone, Default)]
pub(crate) struct Demotion(Arc<Mutex<Option<Instant>>>);

impl Demotion {
    /// From now on, connections that were opened before are not used again.
    pub fn notice(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
    }

    /// Whether it was noticed after a connection was opened.
    pub fn concerns(&self, opened: Instant) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).is_some_and(|noticed| opened < noticed)
    }
}
