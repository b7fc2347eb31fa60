//! Guesses at secrets, of each caller and kind: one is charged before it is made, and given back when it was right.

use std::{
    collections::HashMap,
    num::NonZeroU32,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use tokio::{sync::Notify, time::timeout_at};

use super::Who;

/// How long a guess waits for those that are being looked at, before it is told to come back.
const PATIENCE: Duration = Duration::from_secs(5);
/// Of the failures that an address may have, one program behind it may have this part: the others there go on getting in.
const PART_OF_ONE: u32 = 4;

/// Who guesses at what. What fails at one kind of secret keeps nobody from another.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Guesser {
    who: Who,
    /// The path template of the operation.
    kind: Arc<str>,
    /// As what it says to be known, where that is counted apart.
    claimed: Option<Box<str>>,
}

/// The generic cell rate algorithm over failures, with what is being looked at counted as if it had failed: of many guesses at once no
/// more are compared than may fail. Whoever gets in costs the others behind her address nothing.
#[derive(Clone)]
pub(crate) struct Guesses(Arc<Inner>);

struct Inner {
    /// How long one guess is worth.
    interval: Duration,
    /// How many may fail at once.
    most: u32,
    counts: Mutex<HashMap<Guesser, Count>>,
    /// Tells those who wait that one was looked at.
    ended: Notify,
}

/// What is counted of a guesser.
#[derive(Clone, Copy)]
struct Count {
    /// When its failures are worth nothing any more.
    paid: Instant,
    /// Guesses that are being looked at.
    open: u32,
}

/// A guess that was charged. Dropped without a word it failed: whoever hangs up before the answer may have been compared.
pub(crate) struct Guess {
    guesses: Guesses,
    keys: Vec<Guesser>,
    right: bool,
}

enum Turn {
    Now,
    /// Too many failed; so long until one may be made.
    Later(Duration),
    /// Too many are being looked at.
    AfterOthers,
}

impl Guesser {
    /// Whoever guesses from the address of `who`, at what `kind` of operation asks for; with what it `claims` to be, if that is said.
    pub fn of(who: Who, kind: &Arc<str>, claimed: Option<&str>) -> Vec<Self> {
        let one = |claimed: Option<Box<str>>| Self { who, kind: Arc::clone(kind), claimed };
        let claimed = claimed.map(|claimed| one(Some(claimed.into())));
        claimed.into_iter().chain([one(None)]).collect()
    }
}

impl Inner {
    fn counts(&self) -> std::sync::MutexGuard<'_, HashMap<Guesser, Count>> {
        self.counts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Guesses {
    /// So many a minute, and as many at once.
    pub fn a_minute(most: NonZeroU32) -> Self {
        let interval = Duration::from_secs(60) / most.get();
        Self(Arc::new(Inner { interval, most: most.get(), counts: Mutex::default(), ended: Notify::new() }))
    }

    /// Charges a guess, once those before it leave room for its failure.
    ///
    /// # Errors
    /// How long to wait.
    pub async fn begin(&self, keys: Vec<Guesser>) -> Result<Guess, Duration> {
        let until = tokio::time::Instant::now() + PATIENCE;
        loop {
            // Asked for before the look, so that no word is missed.
            let ended = self.0.ended.notified();
            match self.try_begin(&keys, Instant::now()) {
                Turn::Now => return Ok(Guess { guesses: self.clone(), keys, right: false }),
                Turn::Later(wait) => return Err(wait),
                Turn::AfterOthers => timeout_at(until, ended).await.map_err(|_| self.0.interval)?,
            }
        }
    }

    /// Counts a request that sends somebody a message, whatever comes of it.
    ///
    /// # Errors
    /// How long to wait, with nothing counted.
    pub fn charge(&self, keys: &[Guesser]) -> Result<(), Duration> {
        let now = Instant::now();
        match self.try_begin(keys, now) {
            Turn::Later(wait) => return Err(wait),
            Turn::AfterOthers => return Err(self.0.interval),
            Turn::Now => {}
        }
        self.end(keys, false, now);
        Ok(())
    }

    fn try_begin(&self, keys: &[Guesser], now: Instant) -> Turn {
        let mut counts = self.0.counts();
        for key in keys {
            let most = if key.claimed.is_some() { (self.0.most / PART_OF_ONE).max(1) } else { self.0.most };
            let room = self.0.interval * (most - 1);
            let Some(count) = counts.get(key) else { continue };
            let failed = count.paid.saturating_duration_since(now);
            if failed > room {
                return Turn::Later(failed.saturating_sub(room));
            }
            if failed + self.0.interval * count.open > room {
                return Turn::AfterOthers;
            }
        }
        for key in keys {
            counts.entry(key.clone()).or_insert(Count { paid: now, open: 0 }).open += 1;
        }
        Turn::Now
    }

    fn end(&self, keys: &[Guesser], right: bool, now: Instant) {
        let mut counts = self.0.counts();
        for key in keys {
            let Some(count) = counts.get_mut(key) else { continue };
            count.open = count.open.saturating_sub(1);
            if !right {
                count.paid = count.paid.max(now) + self.0.interval;
            } else if count.open == 0 && count.paid <= now {
                counts.remove(key);
            }
        }
        drop(counts);
        self.0.ended.notify_waiters();
    }

    /// Forgets whom nothing is counted of.
    pub fn sweep(&self, now: Instant) {
        self.0.counts().retain(|_, count| count.open > 0 || count.paid > now);
    }

    /// Of how many guessers something is counted.
    #[cfg(test)]
    pub fn len(&self) -> usize {
        self.0.counts().len()
    }
}

impl Guess {
    /// It was right, or nothing was compared: it costs nothing.
    pub fn right(mut self) {
        self.right = true;
    }
}

impl Drop for Guess {
    fn drop(&mut self) {
        self.guesses.end(&self.keys, self.right, Instant::now());
    }
}

#[cfg(test)]
mod tests {
    use std::net::IpAddr;

    use super::*;

    fn key(kind: &str, claimed: Option<&str>) -> Vec<Guesser> {
        Guesser::of(Who::at(IpAddr::from([203, 0, 113, 7])), &Arc::from(kind), claimed)
    }

    fn guesses(most: u32) -> Guesses {
        Guesses::a_minute(NonZeroU32::new(most).expect("some"))
    }

    #[tokio::test]
    async fn what_is_being_looked_at_counts_and_who_waits_gets_her_turn_when_it_was_right() {
        let guesses = guesses(2);
        let (one, two) = (guesses.begin(key("a", None)).await, guesses.begin(key("a", None)).await);
        let third = guesses.begin(key("a", None));
        let one = one.expect("the first");
        let (third, ()) = tokio::join!(third, async { one.right() });
        assert!(third.is_ok() && two.is_ok());
        // Both failed: nobody waits for anything but time.
        drop((third, two));
        assert!(guesses.begin(key("a", None)).await.is_err());
    }

    #[tokio::test]
    async fn failures_of_one_kind_or_of_one_program_keep_nobody_else_out() {
        let guesses = guesses(8);
        for _ in 0..8 {
            drop(guesses.begin(key("a", None)).await);
        }
        assert!(guesses.begin(key("a", None)).await.is_err());
        for _ in 0..40 {
            drop(guesses.begin(key("b", Some("with-an-old-secret"))).await);
        }
        assert!(guesses.begin(key("b", Some("another"))).await.is_ok());
    }
}
