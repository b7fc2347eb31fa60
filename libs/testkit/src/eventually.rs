//! Asks until it is answered.

use std::time::{Duration, Instant};

/// Asks `question` until it gives something, ten seconds at most.
///
/// # Panics
/// When it does not, naming the place that asked.
#[track_caller]
pub fn eventually<T, F: Future<Output = Option<T>>>(mut question: impl FnMut() -> F) -> impl Future<Output = T> {
    let place = std::panic::Location::caller();
    async move {
        let deadline = Instant::now() + Duration::from_secs(10);
        loop {
            if let Some(answer) = question().await {
                return answer;
            }
            assert!(Instant::now() < deadline, "not within ten seconds, at {place}");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}
