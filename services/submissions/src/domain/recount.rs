//! What becomes of a dossier's dates when the working calendar of its agency changes: they are counted again from its rows, so that the
//! same rows and the same calendar always give the same dates, however often and in whichever order calendars changed.

use chrono::{DateTime, TimeDelta, Utc};
use civic::{
    ClockState, TimeLimit, VIETNAM, WorkingCalendar,
    events::{DossierNotice, DossierNoticed},
};
use procedure::Procedure;

use super::{
    clock::{Clock, Period, PeriodKind},
    custody::{Handover, ends},
    dossier::{Change, Dossier, Filed, Refusal},
    request::Request,
};

impl Clock {
    /// When it is due after each of its periods, if `first` is due by the time limit alone: a pause gives the working time back that
    /// was left; more time that the agency took stays until the day that was decided, or the next one
    /// worked, and is never shorter than without it.
    pub fn counted(&self, first: DateTime<Utc>, limit: TimeLimit, calendar: &WorkingCalendar) -> Vec<DateTime<Utc>> {
        let mut counted: Vec<DateTime<Utc>> = Vec::with_capacity(self.0.len());
        for (place, period) in self.0.iter().enumerate() {
            let before = counted.last().copied().unwrap_or(first);
            let due = match (period.kind, period.until, period.due_after) {
                _ if period.restarted => limit.due(period.from, calendar),
                (PeriodKind::Paused(_), Some(until), _) if self.goes_on_after(place) => {
                    civic::resume(before, period.from, until, calendar)
                }
                (PeriodKind::Running, _, Some(decided)) if self.was_put_off(place) => {
                    worked(decided, calendar).max(before)
                }
                _ => before,
            };
            counted.push(due);
        }
        counted
    }

    /// When a part of so many working hours is due that began then and ended at `end`: pauses meanwhile gave the time back.
    fn part_due(
        &self,
        begun: DateTime<Utc>,
        end: Option<DateTime<Utc>>,
        hours: TimeDelta,
        calendar: &WorkingCalendar,
    ) -> DateTime<Utc> {
        let pauses = self.0.iter().enumerate().filter(|(_, period)| matches!(period.kind, PeriodKind::Paused(_)));
        let over = pauses.filter(|(place, _)| self.goes_on_after(*place));
        let over = over.filter_map(|(_, pause)| Some((pause.from.max(begun), pause.until?)));
        let meanwhile = over.filter(|(_, until)| *until > begun && end.is_none_or(|end| *until <= end));
        let due = calendar.add_working_time(calendar.opening_moment(begun), hours);
        meanwhile.fold(due, |due, (from, until)| civic::resume(due, from, until, calendar))
    }

    /// When the dossier was due as a part ended, or is now, by what was `counted` for its periods.
    fn whole_due(&self, counted: &[DateTime<Utc>], end: Option<DateTime<Utc>>) -> Option<DateTime<Utc>> {
        let begun = |(period, _): &(&Period, &DateTime<Utc>)| end.is_none_or(|end| period.from < end);
        self.0.iter().zip(counted).rfind(begun).map(|(_, due)| *due).or(counted.first().copied())
    }

    /// Whether the agency took more time with the period at `place`.
    pub fn was_put_off(&self, place: usize) -> bool {
        let runs = |period: &Period| period.kind == PeriodKind::Running;
        let before = place.checked_sub(1).and_then(|before| self.0.get(before));
        self.0.get(place).is_some_and(|it| runs(it) && !it.recounted && !it.restarted) && before.is_some_and(runs)
    }

    /// The clock by another calendar, while it is not over. What runs goes on in a period that keeps the date before; what stands still
    /// is due by the new date from the beginning of its pause on, so that the time left then is right when it goes on.
    fn recounted(
        &self,
        first: DateTime<Utc>,
        limit: TimeLimit,
        now: DateTime<Utc>,
        calendar: &WorkingCalendar,
    ) -> Option<Self> {
        let (last, before) = self.0.split_last().filter(|(last, _)| last.until.is_none())?;
        let due = *self.counted(first, limit, calendar).last()?;
        if Some(due) == self.due() {
            return None;
        }
        let recounted = |from, until| Period {
            kind: PeriodKind::Running,
            from,
            until,
            due_before: self.due(),
            due_after: Some(due),
            recounted: true,
            restarted: false,
        };
        let now = now.max(last.from);
        let rest = match last.kind {
            PeriodKind::Running => [Period { until: Some(now), ..last.clone() }, recounted(now, None)],
            PeriodKind::Paused(_) => {
                [recounted(last.from, Some(last.from)), Period { due_before: Some(due), ..last.clone() }]
            }
        };
        Some(Self(before.iter().cloned().chain(rest).collect()))
    }
}

/// The same moment, or the close of the next working day where that day is off.
fn worked(due: DateTime<Utc>, calendar: &WorkingCalendar) -> DateTime<Utc> {
    let day = due.with_timezone(&VIETNAM).date_naive();
    if calendar.is_working_day(day) { due } else { calendar.close_of(calendar.working_day_from(day)) }
}

impl Dossier {
    /// The time that its procedure gives the agency.
    pub fn time_limit(&self, procedure: &Procedure) -> TimeLimit {
        let answers = serde_json::from_str(&self.answers).unwrap_or_default();
        procedure.time_limit_of(self.channel, &answers)
    }

    fn ended_at(&self) -> Option<DateTime<Utc>> {
        self.clock.0.last().and_then(|last| last.until)
    }

    /// The hand-overs of a dossier that is due at `first` by its time limit alone, each part due by this calendar: those that ended too, so
    /// that nobody is called late for a day on which the agency was closed.
    fn parts(&self, procedure: &Procedure, first: DateTime<Utc>, calendar: &WorkingCalendar) -> Vec<Handover> {
        let (whole, ends) =
            (self.clock.counted(first, self.time_limit(procedure), calendar), ends(&self.custody, &self.clock));
        let mut begun = None;
        let part = |(handover, end): (&Handover, Option<DateTime<Utc>>)| {
            if handover.kind.begins_a_stage() || begun.is_none() {
                begun = Some(handover.handed_over_at);
            }
            let stage = handover.stage.as_deref().and_then(|code| procedure.stage(code));
            let hours = stage.and_then(|stage| stage.working_hours).map(|hours| TimeDelta::hours(hours.into()));
            // What is taken up again has the time of the whole.
            let again = |begun: &DateTime<Utc>| self.clock.0.iter().any(|it| it.restarted && it.from > *begun);
            let again = end.is_none_or(|end| Some(end) == self.ended_at()) && begun.as_ref().is_some_and(again);
            let due_at = match (hours.filter(|_| !again), begun) {
                (Some(hours), Some(begun)) => Some(self.clock.part_due(begun, end, hours, calendar)),
                _ => self.clock.whole_due(&whole, end).or(handover.due_at),
            };
            Handover { due_at, ..handover.clone() }
        };
        self.custody.iter().zip(ends).map(part).collect()
    }

    /// The dossier by this calendar, which its agency has from now on; nothing when none of its dates is another. Papers are never
    /// waited for shorter than its applicant was told. While its time stands still no date is told: that is done when it goes on.
    ///
    /// # Errors
    /// Never for a dossier that was filed.
    pub fn recount(
        &self,
        procedure: &Procedure,
        now: DateTime<Utc>,
        calendar: &WorkingCalendar,
        supplement_days: u16,
    ) -> Result<Option<Change<DossierNoticed>>, Refusal> {
        let Some(filed) = self.filed.as_ref().filter(|_| self.status.clock() != ClockState::Ended) else {
            return Ok(None);
        };
        let limit = self.time_limit(procedure);
        let first = limit.due(self.received_at.unwrap_or(filed.submitted_at), calendar);
        let recounted = match self.received_at {
            Some(_) => self.clock.recounted(first, limit, now, calendar).map(|clock| self.clone().timed(clock)),
            None => (first != filed.due_at)
                .then(|| Self { filed: Some(Filed { due_at: first, ..filed.clone() }), ..self.clone() }),
        };
        let requests: Vec<_> =
            self.requests.iter().map(|request| request.waited_for(supplement_days, calendar)).collect();
        let waits = requests != self.requests;
        // What is over stays as it was.
        let custody = match self.ended_at() {
            Some(_) => self.custody.clone(),
            None => self.parts(procedure, first, calendar),
        };
        if recounted.is_none() && !waits && custody == self.custody {
            return Ok(None);
        }
        let told_later = self.status.clock() == ClockState::Paused && self.received_at.is_some();
        let moved = recounted.is_some() && !told_later;
        let dossier = Self { requests, custody, ..recounted.unwrap_or_else(|| self.clone()).changed() };
        let due_at = dossier.filed.as_ref().map(|filed| filed.due_at).filter(|_| moved);
        let open = dossier.open_supplement().filter(|_| waits);
        let answer_by = open.and_then(|(_, request)| request.answer_by);
        let event = if moved || waits {
            let notice = self.notice(procedure, DossierNotice::DueMoved, now)?;
            Some(DossierNoticed { due_at, due_before: due_at.map(|_| filed.due_at), answer_by, ..notice })
        } else {
            None
        };
        Ok(Some(Change { dossier, steps: Vec::new(), event }))
    }
}

impl Request {
    /// As it is by this calendar: papers are waited for as long as before, or longer.
    fn waited_for(&self, days: u16, calendar: &WorkingCalendar) -> Self {
        let counted = TimeLimit::WorkingDays { days }.due(self.asked_at, calendar);
        let answer_by = self.answer_by.map(|told| if self.is_open_supplement() { told.max(counted) } else { told });
        Self { answer_by, ..self.clone() }
    }
}
