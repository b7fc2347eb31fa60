//! The agency's time for a dossier, as periods in which it runs or stands still; due dates come from them and the working calendar.

use chrono::{DateTime, Utc};
use civic::{ClockState, DossierStatus, WorkingCalendar};

/// What the time does in a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PeriodKind {
    /// It runs.
    Running,
    /// It stands still, by this status.
    Paused(DossierStatus),
}

/// A period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Period {
    /// What the time does in it.
    pub kind: PeriodKind,
    /// From then on.
    pub from: DateTime<Utc>,
    /// Until then; not over yet when absent.
    pub until: Option<DateTime<Utc>>,
    /// When the result was due as the period began; none before the first.
    pub due_before: Option<DateTime<Utc>>,
    /// When it is due by this period; for a pause, told when it ends.
    pub due_after: Option<DateTime<Utc>>,
    /// Whether it begins because the agency's working calendar changed.
    pub recounted: bool,
    /// Whether it begins because the dossier was taken up again, with a time of its own: it does not follow the one before.
    pub restarted: bool,
}

/// The periods of a dossier, in order, without a gap. None before it is received.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Clock(pub Vec<Period>);

impl Clock {
    /// The clock of a dossier that is received now and due then.
    pub fn start(now: DateTime<Utc>, due: DateTime<Utc>) -> Self {
        let (kind, due_after) = (PeriodKind::Running, Some(due));
        let (recounted, restarted) = (false, false);
        Self(vec![Period { kind, from: now, until: None, due_before: None, due_after, recounted, restarted }])
    }

    /// The clock, which was over, running anew from now on.
    pub fn restarted(&self, now: DateTime<Utc>, due: DateTime<Utc>) -> Self {
        let Some(last) = self.0.last().filter(|last| last.until.is_some()) else { return self.clone() };
        let from = last.until.map_or(now, |until| now.max(until));
        let (kind, due_before, due_after) = (PeriodKind::Running, last.due_after.or(last.due_before), Some(due));
        let next = Period { kind, from, until: None, due_before, due_after, recounted: false, restarted: true };
        Self(self.0.iter().cloned().chain([next]).collect())
    }

    /// When the result is due: by the last period, or as it was when a pause began that still lasts.
    pub fn due(&self) -> Option<DateTime<Utc>> {
        self.0.last().and_then(|period| period.due_after.or(period.due_before))
    }

    /// Whether the agency's time runs now.
    pub fn runs(&self) -> bool {
        self.0.last().is_some_and(|last| last.until.is_none() && last.kind == PeriodKind::Running)
    }

    /// The clock, due at `due_at` from now on: the period that runs ends, and the next one keeps when it was due before.
    pub fn put_off(&self, due_at: DateTime<Utc>, now: DateTime<Utc>) -> Self {
        let Some((last, before)) = self.0.split_last().filter(|_| self.runs()) else { return self.clone() };
        let from = now.max(last.from);
        let next = Period {
            kind: last.kind,
            from,
            until: None,
            due_before: last.due_after,
            due_after: Some(due_at),
            recounted: false,
            restarted: false,
        };
        let ended = Period { until: Some(from), ..last.clone() };
        Self(before.iter().cloned().chain([ended, next]).collect())
    }

    /// Whether the time went on after the period at `place`: not when the work ended with it, even if it was taken up again later.
    pub fn goes_on_after(&self, place: usize) -> bool {
        self.0.get(place + 1).is_some_and(|next| !next.restarted)
    }

    /// Since when it stood still at `at`; that moment itself, if it did not.
    pub fn stood_still_since(&self, at: DateTime<Utc>) -> DateTime<Utc> {
        let then = self.0.iter().find(|period| period.from < at && period.until.is_none_or(|until| at <= until));
        then.filter(|period| matches!(period.kind, PeriodKind::Paused(_))).map_or(at, |pause| pause.from)
    }

    /// The clock of a dossier that comes to `status` now. What was never received has no time to stop; what ended stays ended.
    pub fn turn(&self, status: DossierStatus, now: DateTime<Utc>, calendar: &WorkingCalendar) -> Self {
        let Some((last, before)) = self.0.split_last().filter(|(last, _)| last.until.is_none()) else {
            return self.clone();
        };
        let next = match status.clock() {
            ClockState::Off => return self.clone(),
            ClockState::Running => Some(PeriodKind::Running),
            ClockState::Paused => Some(PeriodKind::Paused(status)),
            ClockState::Ended => None,
        };
        if next == Some(last.kind) {
            return self.clone();
        }
        let ended = last.ended(now, next.is_some(), calendar);
        let due = ended.due_after;
        let begun = next.map(|kind| Period {
            kind,
            from: now,
            until: None,
            due_before: due,
            due_after: due.filter(|_| kind == PeriodKind::Running),
            recounted: false,
            restarted: false,
        });
        Self(before.iter().cloned().chain([ended]).chain(begun).collect())
    }
}

impl Period {
    /// The period, over now. A pause gives the working time that was left back, unless the work ends with it.
    fn ended(&self, now: DateTime<Utc>, goes_on: bool, calendar: &WorkingCalendar) -> Self {
        let due_after = match (self.kind, self.due_before) {
            (PeriodKind::Paused(_), Some(due)) if goes_on => Some(civic::resume(due, self.from, now, calendar)),
            _ => self.due_after.or(self.due_before),
        };
        Self { until: Some(now.max(self.from)), due_after, ..self.clone() }
    }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Utc};
    use civic::{DossierStatus, TimeLimit, WorkingCalendar};

    use super::{Clock, PeriodKind};

    fn at(text: &str) -> DateTime<Utc> {
        let local = DateTime::parse_from_str(&format!("2026-{text} +0700"), "%Y-%m-%d %H:%M %z");
        local.expect("a moment").to_utc()
    }

    /// Received on Tuesday 21 July at 10:00 with ten working days: due at the close of Tuesday 4 August.
    fn received() -> Clock {
        let due = TimeLimit::WorkingDays { days: 10 }.due(at("07-21 10:00"), &WorkingCalendar::vietnam());
        assert_eq!(due, at("08-04 17:00"));
        Clock::start(at("07-21 10:00"), due)
    }

    fn turned(clock: Clock, turns: &[(DossierStatus, &str)]) -> Clock {
        let calendar = WorkingCalendar::vietnam();
        turns.iter().fold(clock, |clock, (status, when)| clock.turn(*status, at(when), &calendar))
    }

    #[test]
    fn working_time_left_at_a_pause_is_given_back_at_its_end() {
        let asked = (DossierStatus::SupplementRequested, "07-23 10:00");
        let clock = turned(received(), &[asked, (DossierStatus::Processing, "07-27 10:00")]);
        // Two working days stood still, a weekend between them.
        assert_eq!(clock.due(), Some(at("08-06 17:00")));
        let [first, pause, second] = &clock.0[..] else { panic!("{clock:?}") };
        assert_eq!(pause.kind, PeriodKind::Paused(DossierStatus::SupplementRequested));
        assert_eq!((pause.due_before, pause.due_after), (Some(at("08-04 17:00")), Some(at("08-06 17:00"))));
        assert_eq!((first.until, pause.until, second.until), (Some(pause.from), Some(second.from), None));
    }

    #[test]
    fn while_it_stands_still_the_date_of_before_is_shown() {
        let clock = turned(received(), &[(DossierStatus::FeeDue, "07-23 10:00")]);
        assert_eq!(clock.due(), Some(at("08-04 17:00")));
        assert_eq!(clock.0.last().map(|pause| pause.due_after), Some(None));
    }

    #[test]
    fn a_pause_over_days_off_costs_the_agency_nothing() {
        let due = TimeLimit::WorkingDays { days: 2 }.due(at("08-28 09:00"), &WorkingCalendar::vietnam());
        assert_eq!(due, at("09-04 17:00"), "31 August to 2 September are days off");
        let asked = (DossierStatus::SupplementRequested, "08-28 17:00");
        let clock = turned(Clock::start(at("08-28 09:00"), due), &[asked, (DossierStatus::Processing, "09-03 07:00")]);
        assert_eq!(clock.due(), Some(due));
    }

    #[test]
    fn a_stop_over_a_weekend_gives_back_what_was_left_of_two_days() {
        let asked = [(DossierStatus::Stopped, "12-03 15:00"), (DossierStatus::Processing, "12-07 09:00")];
        let clock = turned(Clock::start(at("12-01 09:00"), at("12-04 17:00")), &asked);
        assert_eq!(clock.due(), Some(at("12-08 11:00")));
    }

    #[test]
    fn a_date_that_is_put_off_is_kept_beside_the_one_before() {
        let clock = received().put_off(at("08-07 17:00"), at("08-03 09:00"));
        assert_eq!((clock.due(), clock.runs()), (Some(at("08-07 17:00")), true));
        let [first, second] = &clock.0[..] else { panic!("{clock:?}") };
        assert_eq!((first.until, first.due_after), (Some(at("08-03 09:00")), Some(at("08-04 17:00"))));
        assert_eq!((second.from, second.due_before), (at("08-03 09:00"), Some(at("08-04 17:00"))));
        // What stands still or is over has no date to put off.
        let stopped = turned(received(), &[(DossierStatus::Stopped, "07-24 10:00")]);
        assert_eq!(stopped.put_off(at("08-07 17:00"), at("08-03 09:00")), stopped);
    }

    #[test]
    fn what_is_taken_up_again_with_a_time_of_its_own_is_due_by_that_alone() {
        let ended = turned(received(), &[(DossierStatus::Completed, "07-24 10:00")]);
        let again = ended.restarted(at("08-10 09:00"), at("08-12 17:00"));
        assert_eq!((again.due(), again.runs()), (Some(at("08-12 17:00")), true));
        assert_eq!(again.0.last().and_then(|last| last.due_before), Some(at("08-04 17:00")));
        assert_eq!(received().restarted(at("07-22 09:00"), at("08-12 17:00")), received(), "what runs does not begin");
        let paused =
            turned(again, &[(DossierStatus::Stopped, "08-11 17:00"), (DossierStatus::Processing, "08-13 07:00")]);
        assert_eq!(paused.due(), Some(at("08-13 17:00")));
    }

    #[test]
    fn what_is_late_stays_late() {
        let asked = (DossierStatus::SupplementRequested, "08-05 10:00");
        let clock = turned(received(), &[asked, (DossierStatus::Processing, "08-10 10:00")]);
        assert_eq!(clock.due(), Some(at("08-04 17:00")));
    }

    #[test]
    fn one_pause_may_follow_another_and_a_stop_may_be_the_end() {
        let turns = [
            (DossierStatus::SupplementRequested, "07-23 10:00"),
            (DossierStatus::Stopped, "07-24 10:00"),
            (DossierStatus::Processing, "07-27 10:00"),
        ];
        assert_eq!(turned(received(), &turns).due(), Some(at("08-06 17:00")));
        let ended = turned(received(), &[turns[0], turns[1], (DossierStatus::Withdrawn, "07-27 10:00")]);
        assert_eq!((ended.0.len(), ended.0[2].until), (3, Some(at("07-27 10:00"))));
        assert_eq!(turned(ended.clone(), &[(DossierStatus::Processing, "07-28 10:00")]), ended);
    }

    #[test]
    fn nothing_starts_a_clock_but_the_receipt() {
        let asked = (DossierStatus::SupplementRequested, "07-23 10:00");
        assert_eq!(turned(Clock::default(), &[asked]), Clock::default());
    }
}
