//! A draft of the result for its applicant, where the procedure's version says so: she has a working day to confirm it or to ask for its
//! correction, and silence is consent. The agency's time runs meanwhile.

use chrono::{DateTime, Utc};
use civic::{
    FilingChannel, OfficialRole, TimeLimit, WorkingCalendar,
    events::{DossierNotice, DossierNoticed},
};
use procedure::Procedure;
use uuid::Uuid;

use super::{Action, Entry, Who};
use crate::domain::{
    dossier::{Change, Dossier, Refusal},
    request::{Request, RequestKind, RequestState},
};

/// The entry. The file is the draft.
pub const SEND_DRAFT: Entry = Entry {
    action: Action::SendDraft,
    who: Who::Officials(&[OfficialRole::Processor, OfficialRole::Approver]),
    texts: &[],
    choices: &[],
    paper_texts: &[],
    passages: &[],
    when: |facts| facts.dossier.may_take_draft(&facts.pinned.procedure).map(drop),
};

impl Dossier {
    /// In how many working days its applicant confirms a draft of the result, if one is owed: to who filed online. Who came to the counter, or
    /// wrote, is asked there.
    pub fn draft_days(&self, procedure: &Procedure) -> Option<u16> {
        procedure.draft_days.filter(|_| self.channel == FilingChannel::Online)
    }

    /// In how many working days a draft is confirmed, if one may be sent now.
    fn may_take_draft(&self, procedure: &Procedure) -> Result<u16, Refusal> {
        self.may_take_result()?;
        let days = self.draft_days(procedure).ok_or(Refusal::NoDraftWanted)?;
        if self.open_draft().is_none() { Ok(days) } else { Err(Refusal::DraftOpen) }
    }

    /// The draft that waits for its applicant's word, with its number.
    pub fn open_draft(&self) -> Option<(i32, &Request)> {
        (1..).zip(&self.requests).find(|(_, request)| request.is_open_draft())
    }

    /// An official sends a draft.
    ///
    /// # Errors
    /// [`Refusal::Status`] unless it is worked on; [`Refusal::NoDraftWanted`]; [`Refusal::DraftOpen`] while one waits.
    pub fn send_draft(
        &self,
        procedure: &Procedure,
        official: Uuid,
        now: DateTime<Utc>,
        calendar: &WorkingCalendar,
    ) -> Result<Change<DossierNoticed>, Refusal> {
        let days = self.may_take_draft(procedure)?;
        let answer_by = TimeLimit::WorkingDays { days }.due(now, calendar);
        let notice = self.notice(procedure, DossierNotice::DraftSent, now)?;
        let mut dossier = self.changed();
        let made = Request::made(RequestKind::Draft, official, now, String::new());
        dossier.requests.push(Request { answer_by: Some(answer_by), ..made });
        let event = DossierNoticed { answer_by: Some(answer_by), ..notice };
        Ok(Change { dossier, steps: Vec::new(), event: Some(event) })
    }

    /// Whether its result may go out: where the procedure wants that, its applicant has agreed with a draft, or kept silent. A correction is
    /// owed once, so nobody blocks a dossier for ever: what is asked about the second draft the official decides. What was said of a draft
    /// before a finished dossier was taken up again says nothing of the result that takes the place of the first.
    ///
    /// # Errors
    /// [`Refusal::DraftMissing`]; [`Refusal::DraftOpen`]; [`Refusal::DraftDisputed`].
    pub fn draft_is_settled(&self, procedure: &Procedure) -> Result<(), Refusal> {
        if self.draft_days(procedure).is_none() {
            return Ok(());
        }
        let corrected = self.requests.iter().rposition(|request| request.kind == RequestKind::Correction);
        let since = corrected.map_or(0, |place| place + 1);
        let drafts = || self.requests.iter().skip(since).filter(|request| request.kind == RequestKind::Draft);
        match drafts().next_back() {
            None => Err(Refusal::DraftMissing),
            Some(last) if last.state == RequestState::Open => Err(Refusal::DraftOpen),
            Some(last) if last.declined && drafts().count() == 1 => Err(Refusal::DraftDisputed),
            Some(_) => Ok(()),
        }
    }
}
