//! How much one caller may ask: no client can take the installation from the others.

mod guesses;
mod uploads;

use std::{
    net::{IpAddr, Ipv6Addr},
    num::NonZeroU32,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use edge::{Problem, kinds};
use governor::{
    DefaultKeyedRateLimiter, Quota,
    clock::{Clock, DefaultClock},
};
use runtime::Life;
use uuid::Uuid;

pub(crate) use self::guesses::{Guess, Guesser};
use self::{guesses::Guesses, uploads::Uploads};
use crate::config::Config;

/// Callers that were quiet for long are forgotten this often.
const SWEEP_INTERVAL: Duration = Duration::from_secs(10);
/// A hint to the operator is repeated no sooner.
const HINT_INTERVAL: Duration = Duration::from_secs(600);
/// Seconds' worth of requests that may come at once: a page with all that it loads, a program that begins its day.
const BURST: NonZeroU32 = NonZeroU32::new(4).unwrap();

/// Who is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Who {
    /// The account or API client of a valid token.
    Caller(Uuid),
    /// Anybody else, by network address; of IPv6 by its first 64 bits, which one subscriber has to himself.
    Address(IpAddr),
}

impl Who {
    /// Whoever sends from `address`.
    pub fn at(address: IpAddr) -> Self {
        Self::Address(match address.to_canonical() {
            IpAddr::V6(six) => {
                let [a, b, c, d, ..] = six.segments();
                Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0).into()
            }
            four => four,
        })
    }
}

/// The limits of this gateway, by the generic cell rate algorithm. Each replica counts for itself: a limit protects, it is no
/// quota that somebody bought, and a count shared through Redis would cost every request a round trip.
pub(crate) struct Limits {
    requests: Option<Limiter>,
    guesses: Option<Guesses>,
    /// Files that are under way.
    pub uploads: Uploads,
    hint: Hint,
}

/// Tells the operator, seldom, that a proxy seems to hide its clients: then a whole office is one caller.
#[derive(Default)]
struct Hint(Mutex<Option<Instant>>);

impl Hint {
    fn refused(&self, who: Who) {
        let Who::Address(IpAddr::V4(address)) = who else { return };
        if !(address.is_private() || address.is_loopback()) {
            return;
        }
        let mut last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if last.is_some_and(|last| last.elapsed() < HINT_INTERVAL) {
            return;
        }
        *last = Some(Instant::now());
        tracing::warn!(
            "too many requests come from one address of a private network and are refused: if a reverse proxy is there, it must \
             send X-Forwarded-For, and MOTCUA_TRUSTED_PROXIES must name its network"
        );
    }
}

type Limiter = DefaultKeyedRateLimiter<Who>;

impl Limits {
    /// The limits of the settings.
    pub fn new(config: &Config) -> Self {
        let burst = |count: NonZeroU32| Quota::per_second(count).allow_burst(count.saturating_mul(BURST));
        let limiter = |quota| Limiter::keyed(quota);
        Self {
            requests: NonZeroU32::new(config.requests_a_second).map(burst).map(limiter),
            guesses: NonZeroU32::new(config.guesses_a_minute).map(Guesses::a_minute),
            uploads: Uploads::default(),
            hint: Hint::default(),
        }
    }

    /// Counts a request.
    ///
    /// # Errors
    /// 429 saying when to come back.
    pub fn request(&self, who: Who) -> Result<(), Problem> {
        self.count(self.requests.as_ref(), who)
    }

    /// Charges a guess before it is made; `None` where nothing is counted.
    ///
    /// # Errors
    /// How long to wait, when too many failed.
    pub async fn guess(&self, guesser: Vec<Guesser>) -> Result<Option<Guess>, Duration> {
        let Some(guesses) = &self.guesses else { return Ok(None) };
        guesses.begin(guesser).await.map(Some)
    }

    /// Counts a request that sends somebody a message.
    ///
    /// # Errors
    /// 429 saying when to come back.
    pub fn message(&self, guesser: &[Guesser], who: Who) -> Result<(), Problem> {
        let charged = self.guesses.as_ref().map_or(Ok(()), |guesses| guesses.charge(guesser));
        charged.map_err(|wait| self.too_many(who, wait))
    }

    fn count(&self, limiter: Option<&Limiter>, who: Who) -> Result<(), Problem> {
        let Some(Err(too_soon)) = limiter.map(|limiter| limiter.check_key(&who)) else { return Ok(()) };
        Err(self.too_many(who, too_soon.wait_time_from(DefaultClock::default().now())))
    }

    /// 429 to `who`, who comes back after this.
    pub fn too_many(&self, who: Who, wait: Duration) -> Problem {
        self.hint.refused(who);
        Problem::from(kinds::TOO_MANY).retry_after(seconds(wait))
    }

    /// Forgets quiet callers until `life` ends.
    pub async fn sweep(&self, life: Life) {
        while life.stop.run_until_cancelled(tokio::time::sleep(SWEEP_INTERVAL)).await.is_some() {
            self.forget_quiet(Instant::now());
        }
    }

    /// Who would be let in as a stranger is one again: nothing of him is kept.
    fn forget_quiet(&self, now: Instant) {
        if let Some(limiter) = &self.requests {
            limiter.retain_recent();
            limiter.shrink_to_fit();
        }
        if let Some(guesses) = &self.guesses {
            guesses.sweep(now);
        }
    }
}

/// Whole seconds, and never the one in which it would still be too soon.
pub(crate) fn seconds(wait: Duration) -> u32 {
    u32::try_from(wait.as_secs()).unwrap_or(u32::MAX).saturating_add(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_hundred_thousand_addresses_nothing_is_kept_once_they_are_quiet() {
        let (often, guesses) = (NonZeroU32::new(1_000_000), NonZeroU32::new(60));
        let limits = Limits {
            requests: often.map(|often| Limiter::keyed(Quota::per_second(often))),
            guesses: guesses.map(Guesses::a_minute),
            uploads: Uploads::default(),
            hint: Hint::default(),
        };
        let kind = std::sync::Arc::from("/api/v1/registrations");
        for address in 0..100_000 {
            let address = IpAddr::from(std::net::Ipv4Addr::from_bits(0x0b00_0000 + address));
            limits.request(Who::at(address)).expect("its first");
            limits.message(&Guesser::of(Who::at(address), &kind, None), Who::at(address)).expect("its first");
        }
        let kept = || {
            let guesses = limits.guesses.as_ref().map(Guesses::len);
            (limits.requests.as_ref().map(DefaultKeyedRateLimiter::len), guesses)
        };
        assert_eq!(kept(), (Some(100_000), Some(100_000)));
        limits.forget_quiet(Instant::now() + Duration::from_secs(60));
        assert_eq!(kept(), (Some(0), Some(0)));
    }
}
