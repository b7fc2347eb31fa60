//! The time, as a value: the system's, or one that a test moves by hand.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant, SystemTime},
};

use chrono::{DateTime, TimeDelta, Utc};

/// A clock that jumped, or of a process that has just begun, is believed when two readings so far apart agree with each other.
const BELIEVED_AFTER: Duration = Duration::from_secs(600);
/// What two readings may be apart and still agree: clocks are slewed, and machines are busy.
const AGREES_WITHIN: TimeDelta = TimeDelta::seconds(60);

/// The machine's time, whatever a test makes of the clock: what spans are told by, because their collector has no other.
#[allow(clippy::disallowed_methods, reason = "the one place for it")]
pub fn machine_time() -> SystemTime {
    SystemTime::now()
}

/// Tells the time. Clones of a held clock share one hand, clones of the machine's clock what is known of its jumps.
#[derive(Clone, Debug)]
pub struct Clock(Source);

#[derive(Clone, Debug)]
enum Source {
    System(Arc<Mutex<Watch>>),
    Held(Arc<Mutex<DateTime<Utc>>>),
}

/// A reading of the machine's clock, by the clock and by a counter that nobody can set.
#[derive(Clone, Copy, Debug)]
struct Reading {
    time: DateTime<Utc>,
    counter: Instant,
}

impl Reading {
    /// What the clock says at `counter`, if it was right then and nobody set it since.
    fn at(self, counter: Instant) -> DateTime<Utc> {
        let passed = TimeDelta::from_std(counter.saturating_duration_since(self.counter)).unwrap_or(TimeDelta::MAX);
        self.time.checked_add_signed(passed).unwrap_or(self.time)
    }

    fn agrees(self, later: Self) -> bool {
        (self.at(later.counter) - later.time).abs() <= AGREES_WITHIN
    }

    fn is_old(self, now: Self) -> bool {
        now.counter.saturating_duration_since(self.counter) >= believed_after()
    }
}

/// What speaks for the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Trust {
    /// Nothing yet: it is followed wherever it goes, and nothing is ended by it.
    None,
    /// Another clock says the same: work is done by it, and a jump away from it is doubted.
    Agreed,
    /// It stood by what it says for ten minutes, or was put right by another clock.
    Believed,
}

/// How far the machine's clock is believed.
#[derive(Clone, Copy, Debug)]
struct Watch {
    /// The reading that all later ones are held against.
    known: Reading,
    trust: Trust,
    /// The first reading that contradicts it, as long as the clock stands by that.
    doubt: Option<Reading>,
}

impl Watch {
    fn new(first: Reading) -> Self {
        Self { known: first, trust: Trust::None, doubt: None }
    }

    /// Takes a reading in; gives the time as it is known: what the clock says, or what it would say had it not jumped.
    fn look(&mut self, now: Reading) -> DateTime<Utc> {
        if self.known.agrees(now) {
            self.doubt = None;
            if self.known.is_old(now) {
                self.trust = Trust::Believed;
            }
            return now.time;
        }
        let doubt = *self.doubt.get_or_insert(now);
        if self.trust == Trust::None || (doubt.agrees(now) && doubt.is_old(now)) {
            *self = Self { known: now, doubt: None, ..*self };
            return now.time;
        }
        if !doubt.agrees(now) {
            self.doubt = Some(now);
        }
        self.known.at(now.counter)
    }

    /// Holds a reading against another clock: where they agree, neither jumped; where they contradict each other, the earlier is believed
    /// until this one has stood by what it says.
    fn compare(&mut self, now: Reading, other: DateTime<Utc>) {
        if (other - now.time).abs() <= AGREES_WITHIN {
            self.look(now);
            self.trust = self.trust.max(Trust::Agreed);
            return;
        }
        let known = Reading { time: other.min(now.time), ..now };
        *self = Self { known, trust: Trust::Believed, doubt: Some(now) };
    }

    /// A moment that was reckoned from what the clock says now, reckoned from the time as it is known.
    fn planned(&mut self, now: Reading, moment: DateTime<Utc>) -> DateTime<Utc> {
        let jump = now.time - self.look(now);
        moment.checked_sub_signed(jump).unwrap_or(moment)
    }
}

impl Clock {
    /// The machine's clock.
    pub fn system() -> Self {
        Self(Source::System(Arc::new(Mutex::new(Watch::new(reading())))))
    }

    /// A clock that stands at `time` until it is moved.
    pub fn held_at(time: DateTime<Utc>) -> Self {
        Self(Source::Held(Arc::new(Mutex::new(time))))
    }

    /// The time now, in UTC, in whole microseconds: what PostgreSQL can store.
    pub fn now(&self) -> DateTime<Utc> {
        in_micros(match &self.0 {
            Source::System(_) => reading().time,
            Source::Held(time) => *time.lock().unwrap_or_else(PoisonError::into_inner),
        })
    }

    /// The time by which work is done later and given up: a jump of the clock counts once the clock has stood by it for ten minutes.
    pub fn steady(&self) -> DateTime<Utc> {
        match &self.0 {
            Source::System(watch) => in_micros(watch.lock().unwrap_or_else(PoisonError::into_inner).look(reading())),
            Source::Held(_) => self.now(),
        }
    }

    /// The moment to do something at, when it was reckoned from what the clock says now: what is put off for a minute while the clock is
    /// misread by days does not wait for days.
    pub fn planned(&self, moment: DateTime<Utc>) -> DateTime<Utc> {
        match &self.0 {
            Source::System(watch) => {
                in_micros(watch.lock().unwrap_or_else(PoisonError::into_inner).planned(reading(), moment))
            }
            Source::Held(_) => moment,
        }
    }

    /// The time by which something may be deleted or ended for good: never later than what the clock said when it was believed and
    /// what has passed since, and long ago while it never was. A machine whose clock is wrong for a moment, even the moment at which a
    /// process begins, deletes nothing by it.
    pub fn cautious(&self) -> DateTime<Utc> {
        let Source::System(watch) = &self.0 else { return self.now() };
        let (mut watch, now) = (watch.lock().unwrap_or_else(PoisonError::into_inner), reading());
        let steady = watch.look(now);
        in_micros(if watch.trust == Trust::Believed { steady.min(now.time) } else { DateTime::UNIX_EPOCH })
    }

    /// Holds the clock against another one, the database's, when the process begins; `false` when they contradict each other by more
    /// than a minute. Then the earlier is believed until this clock has stood by what it says. Where they agree, a jump that follows is
    /// doubted, however young the process is.
    pub fn compare(&self, other: DateTime<Utc>) -> bool {
        let Source::System(watch) = &self.0 else { return true };
        let now = reading();
        watch.lock().unwrap_or_else(PoisonError::into_inner).compare(now, other);
        (other - now.time).abs() <= AGREES_WITHIN
    }

    /// Moves a held clock forward (or back, by a negative `step`).
    ///
    /// # Panics
    /// When this is the system's clock, which nobody may move.
    pub fn advance(&self, step: TimeDelta) {
        match &self.0 {
            Source::System(_) => panic!("the system's clock cannot be moved"),
            Source::Held(time) => {
                *time.lock().unwrap_or_else(PoisonError::into_inner) += step;
            }
        }
    }
}

#[allow(clippy::disallowed_methods, reason = "the one place for it")]
fn reading() -> Reading {
    Reading { time: Utc::now(), counter: Instant::now() }
}

fn in_micros(time: DateTime<Utc>) -> DateTime<Utc> {
    DateTime::from_timestamp_micros(time.timestamp_micros()).unwrap_or(time)
}

/// The fault tests, whose clock is moved by days and not waited for, have every jump believed: `MOTCUA_CLOCK_BELIEVED=at-once`. As with
/// `failpoint`, a release build without the feature `failpoints` does not know it.
fn believed_after() -> Duration {
    #[cfg(any(debug_assertions, feature = "failpoints"))]
    if std::env::var_os("MOTCUA_CLOCK_BELIEVED").is_some_and(|said| said == "at-once") {
        return Duration::ZERO;
    }
    BELIEVED_AFTER
}

#[cfg(test)]
mod tests {
    use super::*;

    const WEEK: TimeDelta = TimeDelta::days(8);

    /// A process that begins with a right clock, and what its clock says after some seconds, fast by so much.
    struct Machine {
        began: Reading,
        watch: Watch,
    }

    impl Machine {
        fn begin(fast: TimeDelta) -> Self {
            let began = reading();
            Self { began, watch: Watch::new(Reading { time: began.time + fast, ..began }) }
        }

        fn reads(&self, seconds: u64, fast: TimeDelta) -> Reading {
            let counter = self.began.counter + Duration::from_secs(seconds);
            Reading { time: self.began.at(counter) + fast, counter }
        }

        /// By how much the time is wrong by which work is done.
        fn is_wrong_by(&mut self, seconds: u64, fast: TimeDelta) -> TimeDelta {
            let now = self.reads(seconds, fast);
            self.watch.look(now) - self.began.at(now.counter)
        }

        fn cautious(&mut self, seconds: u64, fast: TimeDelta) -> Option<TimeDelta> {
            let wrong = self.is_wrong_by(seconds, fast);
            (self.watch.trust == Trust::Believed).then_some(wrong.min(fast))
        }
    }

    #[test]
    fn a_jump_of_eight_days_for_six_seconds_moves_nothing() {
        let mut machine = Machine::begin(TimeDelta::zero());
        assert_eq!(machine.cautious(700, TimeDelta::zero()), Some(TimeDelta::zero()));
        for second in 1_000..1_006 {
            assert_eq!(machine.is_wrong_by(second, WEEK), TimeDelta::zero());
            assert_eq!(machine.cautious(second, WEEK), Some(TimeDelta::zero()));
        }
        assert_eq!(machine.is_wrong_by(1_006, TimeDelta::zero()), TimeDelta::zero());
    }

    #[test]
    fn a_process_that_begins_by_a_wrong_clock_ends_nothing_by_it() {
        let mut machine = Machine::begin(WEEK);
        assert_eq!(machine.cautious(3, WEEK), None);
        assert_eq!(machine.cautious(6, TimeDelta::zero()), None);
        assert_eq!(
            machine.cautious(700, TimeDelta::zero()),
            Some(TimeDelta::zero()),
            "by then it is right, and known to be"
        );
    }

    #[test]
    fn a_process_that_begins_by_another_clock_than_the_databases_works_by_the_earlier() {
        let mut machine = Machine::begin(WEEK);
        let (now, database) = (machine.reads(1, WEEK), machine.began.time);
        machine.watch.compare(now, database);
        assert!(machine.is_wrong_by(3, WEEK).abs() <= TimeDelta::seconds(1));
        assert!(machine.is_wrong_by(7, TimeDelta::zero()).abs() <= TimeDelta::seconds(1));
        assert!(machine.cautious(9, WEEK).is_some_and(|wrong| wrong <= TimeDelta::seconds(1)));
    }

    #[test]
    fn a_jump_moves_no_process_whose_clock_agreed_with_the_databases_however_young_it_is() {
        let mut machine = Machine::begin(TimeDelta::zero());
        let (now, database) = (machine.reads(1, TimeDelta::zero()), machine.began.time + TimeDelta::seconds(3));
        machine.watch.compare(now, database);
        for second in 30..36 {
            assert_eq!(machine.is_wrong_by(second, WEEK), TimeDelta::zero());
            let wrong = machine.reads(second, WEEK);
            let minute_later = machine.watch.planned(wrong, wrong.time + TimeDelta::minutes(1));
            assert_eq!(minute_later, machine.reads(second + 60, TimeDelta::zero()).time, "nothing is put off by days");
        }
        assert_eq!(
            machine.cautious(40, TimeDelta::zero()),
            None,
            "two clocks of one machine agree when both are wrong"
        );
        assert_eq!(machine.cautious(700, TimeDelta::zero()), Some(TimeDelta::zero()));
    }

    #[test]
    fn what_a_clock_stands_by_for_ten_minutes_is_believed() {
        for set in [WEEK, -WEEK] {
            let mut machine = Machine::begin(TimeDelta::zero());
            assert_eq!(machine.is_wrong_by(700, TimeDelta::zero()), TimeDelta::zero());
            assert_eq!(machine.is_wrong_by(1_000, set), TimeDelta::zero(), "{set}");
            assert_eq!(machine.is_wrong_by(1_599, set), TimeDelta::zero(), "{set}");
            assert_eq!(machine.is_wrong_by(1_600, set), set);
            assert_eq!(machine.cautious(1_601, set), Some(set));
        }
    }

    #[test]
    fn nothing_is_deleted_by_a_clock_that_is_slow() {
        let mut machine = Machine::begin(TimeDelta::zero());
        assert_eq!(machine.cautious(700, TimeDelta::zero()), Some(TimeDelta::zero()));
        assert_eq!(machine.cautious(701, -WEEK), Some(-WEEK));
    }
}
