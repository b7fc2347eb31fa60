//! How fast a large body must come: who sends a byte now and then would hold a connection for nothing.

use std::time::Duration;

use actix_web::{error::PayloadError, web::Bytes};
use civic::LocalText;
use futures_util::{Stream, StreamExt};
use tokio::time::{Instant, timeout};

use crate::{Problem, kinds};

/// Bytes a second that a body must bring where nothing else is set: half of what a phone does where the network is bad.
pub const USUAL_LEAST_RATE: u64 = 8 * 1024;
/// A body is judged by what came of it in so long, so a line that falters for some seconds is forgiven.
const WINDOW: Duration = Duration::from_secs(30);
/// Who sends nothing at all for this long has gone away.
const SILENCE: Duration = Duration::from_secs(10);

/// The pace of one body. Only the time counts in which it was waited for: a service that takes it slowly is not the client's fault.
pub struct Pace {
    least_rate: u64,
    waited: Duration,
    came: u64,
}

impl Pace {
    /// At least `least_rate` bytes a second; 0 for any number.
    pub fn new(least_rate: u64) -> Self {
        Self { least_rate, waited: Duration::ZERO, came: 0 }
    }

    /// The next piece of `body`; `None` at its end.
    ///
    /// # Errors
    /// 408 when nothing comes, or too little; 400 when the connection breaks.
    pub async fn next(
        &mut self,
        body: &mut (impl Stream<Item = Result<Bytes, PayloadError>> + Unpin),
    ) -> Result<Option<Bytes>, Problem> {
        let asked = Instant::now();
        let piece = timeout(SILENCE, body.next()).await.map_err(|_| kinds::TIMEOUT)?;
        self.waited += asked.elapsed();
        let Some(piece) = piece.transpose().map_err(|_| kinds::MALFORMED)? else { return Ok(None) };
        self.came += piece.len() as u64;
        self.judge().map(|()| Some(piece))
    }

    fn judge(&mut self) -> Result<(), Problem> {
        if self.waited < WINDOW {
            return Ok(());
        }
        let enough = u128::from(self.least_rate) * self.waited.as_millis() / 1000;
        let judged = if u128::from(self.came) < enough { Err(too_slow()) } else { Ok(()) };
        (self.waited, self.came) = (Duration::ZERO, 0);
        judged
    }
}

fn too_slow() -> Problem {
    let text = LocalText::new(
        "Đường truyền quá chậm nên tệp không gửi được. Hãy thử lại ở nơi có sóng tốt hơn, hoặc gửi tệp nhỏ hơn.",
        "The connection is too slow for this file. Try again where the signal is better, or send a smaller file.",
    );
    Problem::from(kinds::TIMEOUT).field("", "too-slow", text)
}

#[cfg(test)]
mod tests {
    use futures_util::stream;
    use tokio::time::sleep;

    use super::*;

    /// A body of `pieces` of `bytes` each, one `every` so long.
    async fn sent(least_rate: u64, pieces: usize, bytes: usize, every: Duration) -> Result<usize, &'static str> {
        let body = stream::iter(0..pieces).then(move |_| async move {
            sleep(every).await;
            Ok(Bytes::from(vec![0; bytes]))
        });
        let (mut body, mut pace, mut came) = (Box::pin(body), Pace::new(least_rate), 0);
        while let Some(piece) = pace.next(&mut body).await.map_err(|why| why.kind.code)? {
            came += piece.len();
        }
        Ok(came)
    }

    #[tokio::test(start_paused = true)]
    async fn a_slow_phone_sends_the_largest_file_however_long_it_takes() {
        let (second, ten_minutes) = (Duration::from_secs(1), 655);
        assert_eq!(sent(USUAL_LEAST_RATE, ten_minutes, 16_000, second).await, Ok(ten_minutes * 16_000));
        let faltering = Duration::from_secs(9);
        assert_eq!(sent(USUAL_LEAST_RATE, 100, 144_000, faltering).await, Ok(14_400_000));
    }

    #[tokio::test(start_paused = true)]
    async fn who_drips_is_refused_after_half_a_minute_and_who_says_nothing_after_ten_seconds() {
        let begun = Instant::now();
        assert_eq!(sent(USUAL_LEAST_RATE, 600, 1, Duration::from_secs(1)).await, Err("timeout"));
        assert_eq!(begun.elapsed().as_secs(), 30);
        let begun = Instant::now();
        assert_eq!(sent(USUAL_LEAST_RATE, 1, 1, Duration::from_secs(60)).await, Err("timeout"));
        assert_eq!(begun.elapsed().as_secs(), 10);
    }

    #[tokio::test(start_paused = true)]
    async fn who_began_fast_may_not_drip_from_then_on() {
        let fast = stream::iter([Ok(Bytes::from(vec![0; 10_000_000]))]);
        let slow = stream::iter(0..600).then(|_| async {
            sleep(Duration::from_secs(1)).await;
            Ok(Bytes::from_static(b"x"))
        });
        let (mut body, mut pace, begun) = (Box::pin(fast.chain(slow)), Pace::new(USUAL_LEAST_RATE), Instant::now());
        let why = loop {
            match pace.next(&mut body).await {
                Ok(piece) => assert!(piece.is_some()),
                Err(why) => break why,
            }
        };
        assert_eq!((why.kind.code, begun.elapsed().as_secs()), ("timeout", 60));
    }

    #[tokio::test(start_paused = true)]
    async fn a_rate_of_nothing_is_none() {
        assert_eq!(sent(0, 600, 1, Duration::from_secs(1)).await, Ok(600));
    }
}
