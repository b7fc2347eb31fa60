//! An apology for a dossier that is late already (form 04): in words that the official chooses for it, with a day by which the result is
//! promised. The due date stays what it was, and the dossier late.

use chrono::{DateTime, Utc};
use civic::{
    ClockState, OfficialRole, TimeLimit, WorkingCalendar,
    events::{DossierNotice, DossierNoticed},
};
use procedure::Procedure;
use uuid::Uuid;

use super::{Action, Entry, TextInput, Who};
use crate::domain::{
    dossier::{Change, Dossier, Refusal},
    request::{Request, RequestKind, RequestState},
};

/// The apology, as its applicant reads it. Nothing is printed in it before: it says what happened to this dossier.
pub const WORDS: TextInput = TextInput { name: "words", required: true, min_length: 30, max_length: 2000 };

/// The entry. By how many working days from now it is promised stands with it.
pub const APOLOGISE: Entry = Entry {
    action: Action::Apologise,
    who: Who::Officials(&[OfficialRole::Processor, OfficialRole::Approver]),
    texts: &[WORDS],
    choices: &[],
    paper_texts: &[],
    passages: &[],
    when: |facts| facts.dossier.may_be_apologised_for(facts.now).map(drop),
};

/// What an official writes.
#[derive(Clone, Debug)]
pub struct Apology {
    /// The words.
    pub words: String,
    /// Working days from now until the result is promised.
    pub working_days: u16,
}

impl Dossier {
    /// When it was due, if it is late, not at its end, and not promised for a day to come.
    fn may_be_apologised_for(&self, now: DateTime<Utc>) -> Result<DateTime<Utc>, Refusal> {
        let works = !matches!(self.status.clock(), ClockState::Off | ClockState::Ended);
        let due = self.clock.due().filter(|_| works).ok_or(Refusal::Status(self.status))?;
        if !self.is_late(now) {
            return Err(Refusal::NotLate);
        }
        let mut apologies = self.requests.iter().filter(|request| request.kind == RequestKind::Apology);
        let promised = apologies.any(|apology| apology.answer_by.is_some_and(|promised| now <= promised));
        if promised { Err(Refusal::ApologisedBefore) } else { Ok(due) }
    }

    /// An official apologises.
    ///
    /// # Errors
    /// [`Refusal::Status`]; [`Refusal::NotLate`]; [`Refusal::ApologisedBefore`] until the promised day is over, too.
    pub fn apologise(
        &self,
        procedure: &Procedure,
        apology: Apology,
        official: Uuid,
        now: DateTime<Utc>,
        calendar: &WorkingCalendar,
    ) -> Result<Change<DossierNoticed>, Refusal> {
        let due_before = self.may_be_apologised_for(now)?;
        let promised = TimeLimit::WorkingDays { days: apology.working_days }.due(now, calendar);
        let notice = self.notice(procedure, DossierNotice::Apologised, now)?;
        let reason = Some(apology.words.clone());
        let event = DossierNoticed { reason, due_before: Some(due_before), due_at: Some(promised), ..notice };
        let mut dossier = self.changed();
        // Nobody is waited for: it is answered as it is given.
        dossier.requests.push(Request {
            state: RequestState::Answered,
            answered_at: Some(now),
            answer_by: Some(promised),
            ..Request::made(RequestKind::Apology, official, now, apology.words)
        });
        Ok(Change { dossier, steps: Vec::new(), event: Some(event) })
    }
}
