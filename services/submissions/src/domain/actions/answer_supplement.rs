//! Sending in the papers that were asked for, once each of them is there.

use chrono::{DateTime, Utc};
use civic::{
    DossierStatus, LocalText, WorkingCalendar,
    events::{DossierNotice, DossierNoticed},
};
use procedure::{Finding, Procedure};
use uuid::Uuid;

use super::{Action, Entry, Who};
use crate::domain::{
    dossier::{Change, Dossier, Refusal},
    request::{AskedPaper, Request, RequestState},
};

/// The entry.
pub const ANSWER_SUPPLEMENT: Entry = Entry {
    action: Action::AnswerSupplement,
    who: Who::Applicant,
    texts: &[],
    choices: &[],
    paper_texts: &[],
    passages: &[
        (DossierStatus::SupplementRequested, DossierStatus::Registered),
        (DossierStatus::SupplementRequested, DossierStatus::Received),
        (DossierStatus::SupplementRequested, DossierStatus::Processing),
    ],
    when: |facts| facts.dossier.may_answer_supplement(&facts.pinned.procedure, facts.supplied),
};

/// How it is said of a paper that it is not there.
struct Missing {
    vi: &'static str,
    en: &'static str,
}

const NOT_UPLOADED: Missing = Missing { vi: "Chưa tải lên", en: "Not uploaded yet" };
const NOT_BROUGHT: Missing =
    Missing { vi: "Chưa quét, chưa ghi bản giấy", en: "Neither scanned nor handed in on paper" };

impl Dossier {
    /// The request for papers that is open, with its number.
    pub fn open_supplement(&self) -> Option<(i32, &Request)> {
        (1..).zip(&self.requests).find(|(_, request)| request.is_open_supplement())
    }

    fn may_answer_supplement(&self, procedure: &Procedure, supplied: &[String]) -> Result<(), Refusal> {
        self.all_is_supplied(procedure, supplied, &NOT_UPLOADED)
    }

    fn all_is_supplied(&self, procedure: &Procedure, supplied: &[String], missing: &Missing) -> Result<(), Refusal> {
        let (_, open) = self.open_supplement().ok_or(Refusal::Status(self.status))?;
        let not_there = open.papers.iter().filter(|paper| !supplied.contains(&paper.component));
        let missing: Vec<_> = not_there.map(|paper| missing.said(paper, procedure)).collect();
        if missing.is_empty() { Ok(()) } else { Err(Refusal::Incomplete(missing)) }
    }

    /// The officials who wait for the papers: who asked for them, and who has it.
    fn waiting(&self) -> Vec<Uuid> {
        let asked_by = self.open_supplement().map(|(_, open)| open.asked_by);
        let holder = self.holder().filter(|holder| Some(*holder) != asked_by);
        asked_by.into_iter().chain(holder).collect()
    }

    /// The applicant sends in what was asked for; there are documents for `supplied`. It waits to be received, or is worked
    /// on where it was.
    ///
    /// # Errors
    /// [`Refusal::Status`] unless papers are waited for; [`Refusal::Incomplete`] with pointers as `/documents/CT01`.
    pub fn answer_supplement(
        &self,
        procedure: &Procedure,
        supplied: &[String],
        now: DateTime<Utc>,
        calendar: &WorkingCalendar,
    ) -> Result<Change<DossierNoticed>, Refusal> {
        self.supplement_answered(procedure, supplied, None, now, calendar)
    }

    /// What was asked for is there, sent in by the applicant or taken in by an official at a counter.
    pub(super) fn supplement_answered(
        &self,
        procedure: &Procedure,
        supplied: &[String],
        taken_by: Option<Uuid>,
        now: DateTime<Utc>,
        calendar: &WorkingCalendar,
    ) -> Result<Change<DossierNoticed>, Refusal> {
        self.all_is_supplied(procedure, supplied, if taken_by.is_some() { &NOT_BROUGHT } else { &NOT_UPLOADED })?;
        let to = match self.received_at {
            None => DossierStatus::Registered,
            Some(_) => self.goes_on_as(procedure),
        };
        let step = self.step(to)?;
        let answered = |request: &Request| match request.is_open_supplement() {
            true => Request {
                state: RequestState::Answered,
                answered_at: Some(now),
                answered_by: taken_by,
                ..request.clone()
            },
            false => request.clone(),
        };
        let answered = Self { requests: self.requests.iter().map(answered).collect(), ..self.clone() };
        let dossier = answered.after(step, now, calendar);
        let notice = self.notice(procedure, DossierNotice::SupplementAnswered, now)?;
        let event = DossierNoticed { due_at: dossier.clock.due(), officials: self.waiting(), ..notice };
        Ok(Change { dossier, steps: vec![step], event: Some(event) })
    }
}

impl Missing {
    fn said(&self, paper: &AskedPaper, procedure: &Procedure) -> Finding {
        let LocalText { vi, en } = paper.name(procedure);
        Finding {
            pointer: format!("/documents/{}", paper.component),
            code: "component-missing",
            text: LocalText { vi: format!("{}: {vi}.", self.vi), en: format!("{}: {en}.", self.en) },
        }
    }
}
