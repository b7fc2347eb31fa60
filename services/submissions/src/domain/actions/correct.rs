//! Correcting a finished dossier: what was issued has a mistake. It is taken up again, what was issued stays and is marked as replaced,
//! and the new result goes out when it is completed again. The agency's time, which is over, does not run again, unless the official says
//! that the law gives a correction a time of its own: then the procedure's time limit begins anew.

use chrono::{DateTime, Utc};
use civic::{
    DossierStatus, OfficialRole, WorkingCalendar,
    events::{DossierNotice, DossierNoticed},
};
use procedure::Procedure;
use uuid::Uuid;

use super::{Action, ChoiceInput, Entry, TextInput, Who};
use crate::domain::{
    dossier::{Change, Dossier, Refusal, Step},
    request::{Request, RequestKind, RequestState},
    status::{Transition, transition},
};

/// The reason, which the applicant reads.
pub const REASON: TextInput = TextInput { name: "reason", required: true, min_length: 10, max_length: 1000 };

civic::closed_list! {
    /// What a correction does to the agency's time.
    pub enum CorrectionTime: "what a correction does to the time" {
        /// It is over, and stays so.
        Over = "OVER",
        /// It begins anew, with the procedure's time limit.
        Anew = "ANEW",
    }
}

/// Whether the time begins anew.
pub const TIME: ChoiceInput = ChoiceInput { name: "time", options: &["OVER", "ANEW"] };

/// The entry.
pub const CORRECT: Entry = Entry {
    action: Action::Correct,
    who: Who::Officials(&[OfficialRole::Approver]),
    texts: &[REASON],
    choices: &[TIME],
    paper_texts: &[],
    passages: &[
        (DossierStatus::Completed, DossierStatus::Processing),
        (DossierStatus::Returned, DossierStatus::Processing),
    ],
    when: |facts| facts.dossier.may_be_corrected().map(drop),
};

impl Dossier {
    fn may_be_corrected(&self) -> Result<Step, Refusal> {
        let to = DossierStatus::Processing;
        match transition(self.status, to) {
            Transition::Correction => Ok(Step { from: self.status, to }),
            Transition::Ordinary | Transition::None => Err(Refusal::Status(self.status)),
        }
    }

    /// An official takes it up again.
    ///
    /// # Errors
    /// [`Refusal::Status`] unless it is finished with a result.
    pub fn correct(
        &self,
        procedure: &Procedure,
        reason: &str,
        time: CorrectionTime,
        official: Uuid,
        now: DateTime<Utc>,
        calendar: &WorkingCalendar,
    ) -> Result<Change<DossierNoticed>, Refusal> {
        let step = self.may_be_corrected()?;
        let notice = self.notice(procedure, DossierNotice::Corrected, now)?;
        let mut dossier = self.after(step, now, calendar);
        let mut due_at = None;
        if time == CorrectionTime::Anew {
            let due = self.time_limit(procedure).due(now, calendar);
            let clock = dossier.clock.restarted(now, due);
            dossier = Self { completed_at: None, ..dossier.timed(clock) };
            due_at = Some(due);
            // Who had it last goes on, and has the time of the whole.
            if let Some(last) = dossier.custody.last_mut() {
                last.due_at = due_at;
            }
        }
        let event = DossierNoticed { reason: Some(reason.to_owned()), due_at, ..notice };
        dossier.requests.push(Request::made(RequestKind::Correction, official, now, reason.to_owned()));
        Ok(Change { dossier, steps: vec![step], event: Some(event) })
    }

    /// Whether it is being corrected.
    pub fn is_corrected(&self) -> bool {
        self.requests.iter().any(Request::is_open_correction)
    }

    /// The dossier, completed at `now` with a result; a correction that led there is done. When it was completed first stands, unless its
    /// time began anew.
    pub(super) fn done(self, now: DateTime<Utc>) -> Self {
        let done = |request: Request| match request.is_open_correction() {
            true => Request { state: RequestState::Answered, answered_at: Some(now), ..request },
            false => request,
        };
        let completed_at = self.completed_at.or(Some(now));
        Self { completed_at, requests: self.requests.into_iter().map(done).collect(), ..self }
    }

    /// Whether it was completed, now or before it was taken up again.
    pub fn was_completed(&self) -> bool {
        self.completed_at.is_some() || self.is_corrected()
    }

    /// Whether it is finished and its results stand.
    pub fn is_finished(&self) -> bool {
        matches!(self.status, DossierStatus::Completed | DossierStatus::Returned)
    }
}

#[cfg(test)]
mod tests {
    use super::{CorrectionTime, TIME};

    #[test]
    fn the_choice_offers_both() {
        assert_eq!(TIME.options, CorrectionTime::ALL.iter().map(|time| time.as_str()).collect::<Vec<_>>());
    }
}
