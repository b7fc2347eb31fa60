//! What becomes of a dossier's dates when the working calendar of its agency changes: they are counted again from its rows, so that the
//! same rows and the same calendar always give the same dates, however often and in whichever order calendars changed.

use chrono::{DateTime, Utc};
use civic::{
    ClockState, TimeLimit, VIETNAM, WorkingCalendar,
    events::{DossierNotice, DossierNoticed},
};
use procedure::Procedure;

use super::{
    clock::{Clock, Period, PeriodKind},
    dossier::{Change, Dossier, Filed, Refusal},
    request::Request,
};

impl Clock {
    /// When it is due after each of its periods, if `first` is due by the time limit alone: a pause gives the working time back that
    /// was left; more time that the agency took stays until the day that was decided, or the next one
    /// worked, and is never shorter than without it.
    pub fn counted(&self, first: DateTime<Utc>, calendar: &WorkingCalendar) -> Vec<DateTime<Utc>> {
        let mut counted: Vec<DateTime<Utc>> = Vec::with_capacity(self.0.len());
        for (place, period) in self.0.iter().enumerate() {
            let before = counted.last().copied().unwrap_or(first);
            let due = match (period.kind, period.until, period.due_after) {
                (PeriodKind::Paused(_), Some(until), _) => civic::resume(before, period.from, until, calendar),
                (PeriodKind::Running, _, Some(decided)) if self.was_put_off(place) => {
                    worked(decided, calendar).max(before)
                }
                _ => before,
            };
            counted.push(due);
        }
        counted
    }

    /// Whether the agency took more time with the period at `place`.
    pub fn was_put_off(&self, place: usize) -> bool {
        let runs = |period: &Period| period.kind == PeriodKind::Running;
        let before = place.checked_sub(1).and_then(|before| self.0.get(before));
        self.0.get(place).is_some_and(|it| runs(it) && !it.recounted) && before.is_some_and(runs)
    }

    /// The clock by another calendar, while it is not over. What runs goes on in a period that keeps the date before; what stands still
    /// is due by the new date from the beginning of its pause on, so that the time left then is right when it goes on.
    fn recounted(&self, first: DateTime<Utc>, now: DateTime<Utc>, calendar: &WorkingCalendar) -> Option<Self> {
        let (last, before) = self.0.split_last().filter(|(last, _)| last.until.is_none())?;
        let due = *self.counted(first, calendar).last()?;
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
        let first = self.time_limit(procedure).due(self.received_at.unwrap_or(filed.submitted_at), calendar);
        let recounted = match self.received_at {
            Some(_) => self.clock.recounted(first, now, calendar).map(|clock| self.clone().timed(clock)),
            None => (first != filed.due_at)
                .then(|| Self { filed: Some(Filed { due_at: first, ..filed.clone() }), ..self.clone() }),
        };
        let requests: Vec<_> =
            self.requests.iter().map(|request| request.waited_for(supplement_days, calendar)).collect();
        let waits = requests != self.requests;
        if recounted.is_none() && !waits {
            return Ok(None);
        }
        let told_later = self.status.clock() == ClockState::Paused && self.received_at.is_some();
        let moved = recounted.is_some() && !told_later;
        let dossier = Self { requests, ..recounted.unwrap_or_else(|| self.clone()).changed() };
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
