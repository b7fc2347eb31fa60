//! Refusals of a while: those that are alike are counted together, and there is a bound to how many different ones are kept, so that
//! no stranger fills the disk with them.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use crate::{Caller, CallerKind, Origin, SecurityEvent, Subject};

/// Those that are alike within this time are one.
const WINDOW: TimeDelta = TimeDelta::minutes(1);
/// So many different ones are kept of strangers. Who has many addresses makes many: the others are only counted.
const MOST: usize = 60;
/// So many are kept of callers whom we know: no stranger crowds these out. In the minute in which roles change there are many.
const MOST_OF_CALLERS: usize = 600;
/// So many are kept of one caller by what was asked for; from there on by the operation alone, so that she crowds no other out.
const MOST_OF_ONE: usize = 15;

/// Who was refused what.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Refusal {
    pub event: SecurityEvent,
    pub actor: Option<Actor>,
    pub origin: Origin,
    /// What was asked for.
    pub operation: String,
    /// The same, without what differs from one thing to the next.
    pub route: String,
    pub subject: Option<Subject>,
    pub status: u16,
    pub code: &'static str,
}

/// A caller whom we know.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Actor {
    pub id: Uuid,
    pub kind: CallerKind,
    pub capacity: String,
}

impl From<&Caller> for Actor {
    fn from(caller: &Caller) -> Self {
        Self { id: caller.id, kind: caller.kind(), capacity: caller.capacity.to_string() }
    }
}

/// How often, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Times {
    pub count: u64,
    pub first: DateTime<Utc>,
    pub last: DateTime<Utc>,
    /// The trace of the first.
    pub trace_id: Option<String>,
}

/// The refusals of a while.
#[derive(Debug, Default)]
pub(crate) struct Window {
    began: Option<DateTime<Utc>>,
    of_strangers: HashMap<Refusal, Times>,
    of_callers: HashMap<Refusal, Times>,
    /// How many different ones are kept of each caller.
    of_one: HashMap<Uuid, usize>,
    /// How many were not kept.
    pub not_kept: u64,
}

impl Window {
    /// Adds a refusal; whether it is kept.
    pub fn add(&mut self, refusal: Refusal, trace_id: Option<String>, now: DateTime<Utc>) -> bool {
        self.began.get_or_insert(now);
        let refusal = self.folded(refusal);
        let (alike, most) = match refusal.actor {
            Some(_) => (&mut self.of_callers, MOST_OF_CALLERS),
            None => (&mut self.of_strangers, MOST),
        };
        if let Some(times) = alike.get_mut(&refusal) {
            times.count += 1;
            times.last = now;
            return true;
        }
        let kept = alike.len() < most;
        if kept {
            refusal.actor.iter().for_each(|actor| *self.of_one.entry(actor.id).or_default() += 1);
            alike.insert(refusal, Times { count: 1, first: now, last: now, trace_id });
        } else {
            self.not_kept += 1;
        }
        kept
    }

    /// One more of a caller of whom there are many: by the operation alone, unless it is known already.
    fn folded(&self, refusal: Refusal) -> Refusal {
        let many = |actor: &Actor| self.of_one.get(&actor.id).is_some_and(|kept| *kept >= MOST_OF_ONE);
        if !refusal.actor.as_ref().is_some_and(many) || self.of_callers.contains_key(&refusal) {
            return refusal;
        }
        Refusal { operation: refusal.route.clone(), subject: None, ..refusal }
    }

    /// Whether it has lasted long enough. A clock that was set back ends it too.
    pub fn is_over(&self, now: DateTime<Utc>) -> bool {
        self.began.is_some_and(|began| !(began..began + WINDOW).contains(&now))
    }

    /// When it began, if anything was refused.
    pub fn began(&self) -> Option<DateTime<Utc>> {
        self.began
    }

    /// What was kept.
    pub fn into_kept(self) -> impl Iterator<Item = (Refusal, Times)> {
        self.of_callers.into_iter().chain(self.of_strangers)
    }
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use super::*;

    fn at(second: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::seconds(second)
    }

    fn refusal(address: u32, actor: Option<Uuid>) -> Refusal {
        Refusal {
            event: SecurityEvent::Forbidden,
            actor: actor.map(|id| Actor { id, kind: CallerKind::Citizen, capacity: "SELF".into() }),
            origin: Origin::of(Ipv4Addr::from_bits(address).into()),
            operation: "GET /".into(),
            route: "GET /".into(),
            subject: None,
            status: 403,
            code: "forbidden",
        }
    }

    #[test]
    fn one_caller_with_many_paths_crowds_no_other_out() {
        let mut window = Window::default();
        let of = |path: u32, id: u128| Refusal {
            operation: format!("GET /things/{path}"),
            route: "GET /things/{id}".into(),
            ..refusal(1, Some(Uuid::from_u128(id)))
        };
        for path in 0..1000 {
            assert!(window.add(of(path, 1), None, at(0)));
        }
        for caller in 2..102 {
            assert!(window.add(of(0, caller), None, at(1)), "{caller}");
        }
        assert_eq!(window.not_kept, 0);
        let kept: HashMap<_, _> = window.into_kept().collect();
        let hers =
            kept.iter().filter(|(refusal, _)| refusal.actor.as_ref().is_some_and(|it| it.id == Uuid::from_u128(1)));
        let hers: HashMap<_, _> = hers.map(|(refusal, times)| (refusal.operation.as_str(), times.count)).collect();
        assert_eq!((hers.len(), hers["GET /things/14"], hers["GET /things/{id}"]), (16, 1, 985));
        assert_eq!(kept.len(), 116);
    }

    #[test]
    fn what_is_alike_is_one_with_its_count_and_its_first_and_last_time() {
        let mut window = Window::default();
        for (second, trace) in [(0, "a"), (7, "b"), (30, "c")] {
            assert!(window.add(refusal(1, None), Some(trace.into()), at(second)));
        }
        window.add(refusal(2, None), None, at(1));
        let all: HashMap<_, _> = window.into_kept().collect();
        let times = Times { count: 3, first: at(0), last: at(30), trace_id: Some("a".into()) };
        assert_eq!((all.len(), &all[&refusal(1, None)]), (2, &times));
    }

    #[test]
    fn so_many_are_kept_and_strangers_do_not_crowd_out_who_is_known() {
        let mut window = Window::default();
        let kept = (0..100).filter(|address| window.add(refusal(*address, None), None, at(0))).count();
        assert_eq!((kept, window.not_kept), (MOST, 40));
        assert!(window.add(refusal(0, None), None, at(1)), "one that is known already is only counted up");
        assert!(window.add(refusal(0, Some(Uuid::nil())), None, at(1)));
    }

    #[test]
    fn a_window_lasts_a_minute_whatever_is_done_to_the_clock() {
        let mut window = Window::default();
        assert!(!window.is_over(at(1000)), "it has not begun");
        window.add(refusal(1, None), None, at(1000));
        assert_eq!([at(999), at(1000), at(1059), at(1060)].map(|now| window.is_over(now)), [true, false, false, true]);
    }
}
