//! More time, with an apology (form 04): before the result is due, once, and for no longer than the law gives for the whole; once more
//! only for a reason that is kept.

use chrono::{DateTime, TimeDelta, Utc};
use civic::{
    ClockState, OfficialRole, TimeLimit, WorkingCalendar,
    events::{DossierNotice, DossierNoticed},
};
use procedure::Procedure;
use uuid::Uuid;

use super::{Action, Entry, TextInput, Who, request_supplement::OVERRIDE_REASON};
use crate::domain::{
    dossier::{Change, Dossier, Refusal},
    request::{Request, RequestKind, RequestState},
};

/// Why it takes longer, which the applicant reads with the apology.
pub const REASON: TextInput = TextInput { name: "reason", required: true, min_length: 10, max_length: 1000 };

/// The entry. For how many working days stands with it.
pub const EXTEND: Entry = Entry {
    action: Action::Extend,
    who: Who::Officials(&[OfficialRole::Processor, OfficialRole::Approver]),
    texts: &[REASON, OVERRIDE_REASON],
    choices: &[],
    paper_texts: &[],
    passages: &[],
    when: |facts| facts.dossier.may_be_extended(facts.now).map(drop),
};

/// What an official takes.
#[derive(Clone, Debug)]
pub struct Extension {
    /// Working days from the day on which the result was due.
    pub working_days: u16,
    /// Why.
    pub reason: String,
    /// Why once more.
    pub override_reason: Option<String>,
}

impl Dossier {
    /// When it is due, if that can be put off: its time runs, and there is some left.
    fn may_be_extended(&self, now: DateTime<Utc>) -> Result<DateTime<Utc>, Refusal> {
        let runs = self.status.clock() == ClockState::Running && self.clock.runs();
        let due = self.clock.due().filter(|_| runs).ok_or(Refusal::Status(self.status))?;
        if now < due { Ok(due) } else { Err(Refusal::OverdueAlready) }
    }

    /// An official puts the due date off, with an apology. The clock keeps when it was due before.
    ///
    /// # Errors
    /// [`Refusal::Status`] unless its time runs; [`Refusal::OverdueAlready`]; [`Refusal::ExtendedBefore`]; [`Refusal::ExtensionTooLong`].
    pub fn extend(
        &self,
        procedure: &Procedure,
        extension: Extension,
        official: Uuid,
        now: DateTime<Utc>,
        calendar: &WorkingCalendar,
    ) -> Result<Change<DossierNoticed>, Refusal> {
        let due_before = self.may_be_extended(now)?;
        let before = self.requests.iter().any(|request| request.kind == RequestKind::Extension);
        if before && extension.override_reason.is_none() {
            return Err(Refusal::ExtendedBefore);
        }
        // At the close of a day that day is over, and the next one would be counted as the first.
        let from = due_before - TimeDelta::seconds(1);
        let due_at = TimeLimit::WorkingDays { days: extension.working_days }.due(from, calendar);
        let answers = serde_json::from_str(&self.answers).unwrap_or_default();
        let latest = procedure.time_limit_of(self.channel, &answers).due(from, calendar);
        if due_at <= due_before || due_at > latest + TimeDelta::seconds(1) {
            return Err(Refusal::ExtensionTooLong);
        }
        let notice = self.notice(procedure, DossierNotice::Extended, now)?;
        let reason = Some(extension.reason.clone());
        let event = DossierNoticed { reason, due_before: Some(due_before), due_at: Some(due_at), ..notice };
        let mut dossier = self.changed().timed(self.clock.put_off(due_at, now));
        // A part that has no hours of its own is due with the whole.
        let own_hours = self.stage(procedure).is_some_and(|stage| stage.working_hours.is_some());
        if let Some(last) = dossier.custody.last_mut().filter(|_| !own_hours) {
            last.due_at = Some(due_at);
        }
        dossier.requests.push(extension.request(official, now));
        Ok(Change { dossier, steps: Vec::new(), event: Some(event) })
    }
}

impl Extension {
    /// Nobody is waited for: it is answered as it is taken.
    fn request(self, official: Uuid, now: DateTime<Utc>) -> Request {
        Request {
            state: RequestState::Answered,
            answered_at: Some(now),
            override_reason: self.override_reason,
            ..Request::made(RequestKind::Extension, official, now, self.reason)
        }
    }
}
