//! Every party, for whoever sees or steers them.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::{mail, pages::Pages, sms, vnpay};

/// What the control pages can reach.
pub(crate) struct Parties {
    pub(crate) mail: Arc<mail::state::State>,
    pub(crate) sms: Arc<sms::state::State>,
    pub(crate) vnpay: Arc<vnpay::state::State>,
    pub(crate) pages: Arc<Pages>,
    steering: Mutex<()>,
}

impl Parties {
    pub(crate) fn new(
        mail: Arc<mail::state::State>,
        sms: Arc<sms::state::State>,
        vnpay: Arc<vnpay::state::State>,
        pages: Arc<Pages>,
    ) -> Self {
        Self { mail, sms, vnpay, pages, steering: Mutex::default() }
    }

    /// While this is held nobody else reads or replaces how they behave, so that it is one whole.
    pub(crate) fn steer(&self) -> MutexGuard<'_, ()> {
        self.steering.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
