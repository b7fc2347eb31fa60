//! The request that is being answered, as far as whoever writes about it must know: which service answers, and whence it came.

use crate::Origin;

tokio::task_local! {
    static CURRENT: Asked;
}

/// The request that is being answered.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Asked {
    /// Which service answers.
    pub service: &'static str,
    /// Whence it came. Not known where strangers ask, who may say anything.
    pub origin: Option<Origin>,
}

impl Asked {
    /// Runs `work` as the answer to this request.
    pub async fn scope<T>(self, work: impl Future<Output = T>) -> T {
        CURRENT.scope(self, work).await
    }

    /// The request that the running task answers, if it answers one.
    pub fn current() -> Option<Self> {
        CURRENT.try_with(|asked| *asked).ok()
    }
}

impl Origin {
    /// Whence the request came that the running task answers, if it answers one.
    pub fn current() -> Option<Self> {
        Asked::current()?.origin
    }
}
