//! Correcting a finished dossier: what was issued has a mistake. It is taken up again, what was issued stays and is marked as replaced,
//! and the new result goes out when it is completed again. The agency's time, which is over, does not run again.

use chrono::{DateTime, Utc};
use civic::{
    DossierStatus, OfficialRole, WorkingCalendar,
    events::{DossierNotice, DossierNoticed},
};
use procedure::Procedure;
use uuid::Uuid;

use super::{Action, Entry, TextInput, Who};
use crate::domain::{
    dossier::{Change, Dossier, Refusal, Step},
    request::{Request, RequestKind, RequestState},
    status::{Transition, transition},
};

/// The reason, which the applicant reads.
pub const REASON: TextInput = TextInput { name: "reason", required: true, min_length: 10, max_length: 1000 };

/// The entry.
pub const CORRECT: Entry = Entry {
    action: Action::Correct,
    who: Who::Officials(&[OfficialRole::Approver]),
    texts: &[REASON],
    choices: &[],
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
        official: Uuid,
        now: DateTime<Utc>,
        calendar: &WorkingCalendar,
    ) -> Result<Change<DossierNoticed>, Refusal> {
        let step = self.may_be_corrected()?;
        let notice = self.notice(procedure, DossierNotice::Corrected, now)?;
        let event = DossierNoticed { reason: Some(reason.to_owned()), ..notice };
        let mut dossier = self.after(step, now, calendar);
        dossier.requests.push(Request::made(RequestKind::Correction, official, now, reason.to_owned()));
        Ok(Change { dossier, steps: vec![step], event: Some(event) })
    }

    /// Whether it is being corrected.
    pub fn is_corrected(&self) -> bool {
        self.requests.iter().any(Request::is_open_correction)
    }

    /// The dossier, completed at `now` with a result; a correction that led there is done. When it was completed first stands.
    pub(super) fn done(self, now: DateTime<Utc>) -> Self {
        let done = |request: Request| match request.is_open_correction() {
            true => Request { state: RequestState::Answered, answered_at: Some(now), ..request },
            false => request,
        };
        let completed_at = self.completed_at.or(Some(now));
        Self { completed_at, requests: self.requests.into_iter().map(done).collect(), ..self }
    }

    /// Whether it is finished and its results stand.
    pub fn is_finished(&self) -> bool {
        matches!(self.status, DossierStatus::Completed | DossierStatus::Returned)
    }
}
