//! How many notifications without a signature one address may send: a stranger must not keep our processors busy, and the provider,
//! whose words are signed, is never refused.

use std::num::NonZeroU32;

use edge::{Origin, Problem, kinds};
use governor::{DefaultKeyedRateLimiter, Quota};

/// From one address; as many may come at once.
const A_MINUTE: NonZeroU32 = NonZeroU32::new(60).unwrap();
/// When so many addresses are counted, those that were quiet are forgotten.
const COUNTED: usize = 10_000;

/// Counts what was not signed, by address.
pub struct ForgeryLimit(DefaultKeyedRateLimiter<Origin>);

impl Default for ForgeryLimit {
    fn default() -> Self {
        Self(DefaultKeyedRateLimiter::keyed(Quota::per_minute(A_MINUTE)))
    }
}

impl ForgeryLimit {
    /// Counts a notification from `origin` that nobody signed.
    ///
    /// # Errors
    /// [`kinds::TOO_MANY`] when there were too many.
    pub fn count(&self, origin: Origin) -> Result<(), Problem> {
        if self.0.len() > COUNTED {
            self.0.retain_recent();
        }
        self.0.check_key(&origin).map_err(|_| Problem::from(kinds::TOO_MANY).retry_after(60))
    }
}
