//! Every party, for whoever sees or steers them.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::{
    bank, mail,
    pages::Pages,
    sms, vnpay,
    wallet::{
        momo::Momo,
        national::National,
        state::{Ground, State},
        zalopay::Zalopay,
    },
};

/// What the control pages can reach.
pub(crate) struct Parties {
    pub(crate) mail: Arc<mail::state::State>,
    pub(crate) sms: Arc<sms::state::State>,
    pub(crate) vnpay: Arc<vnpay::state::State>,
    pub(crate) momo: Arc<State<Momo>>,
    pub(crate) zalopay: Arc<State<Zalopay>>,
    pub(crate) national: Arc<State<National>>,
    pub(crate) bank: Arc<bank::State>,
    pub(crate) pages: Arc<Pages>,
    steering: Mutex<()>,
}

impl Parties {
    pub(crate) fn new(
        mail: Arc<mail::state::State>,
        sms: Arc<sms::state::State>,
        vnpay: Arc<vnpay::state::State>,
        ground: Ground,
    ) -> Self {
        Self {
            mail,
            sms,
            vnpay,
            momo: Arc::new(State::new(ground.clone())),
            zalopay: Arc::new(State::new(ground.clone())),
            national: Arc::new(State::new(ground.clone())),
            pages: ground.pages.clone(),
            bank: Arc::new(bank::State::new(ground)),
            steering: Mutex::default(),
        }
    }

    /// While this is held nobody else reads or replaces how they behave, so that it is one whole.
    pub(crate) fn steer(&self) -> MutexGuard<'_, ()> {
        self.steering.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
