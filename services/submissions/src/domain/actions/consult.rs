//! Asking another agency for its opinion while a dossier is worked on. Several may be asked at once, and neither the dossier nor its time
//! waits for them; only its completion does, until they have answered or the question is taken back.

use chrono::{DateTime, Utc};
use civic::{
    AgencyCode, ClockState, OfficialRole,
    events::{ConsultationNotice, ConsultationNoticed},
};
use procedure::Procedure;
use uuid::Uuid;

use super::{Action, ChoiceInput, Entry, TextInput, Who};
use crate::domain::{
    dossier::{Change, Dossier, Refusal},
    request::{Request, RequestKind, RequestState},
};

/// Agencies that may be asked about a dossier at once.
const MOST_OPEN: usize = 10;
/// What is asked.
pub const QUESTION: TextInput = TextInput { name: "question", required: true, min_length: 10, max_length: 2000 };

civic::closed_list! {
    /// What an agency sees of a dossier that it is asked about.
    pub enum Shown: "what is shown of a dossier" {
        /// The question alone.
        Question = "QUESTION",
        /// The applicant, the answers and the papers, too.
        Papers = "PAPERS",
    }
}

/// How much of the dossier the agency sees.
pub const SHOWS: ChoiceInput = ChoiceInput { name: "shows", options: &["QUESTION", "PAPERS"] };

/// The entry. Which agency is asked stands with it.
pub const CONSULT: Entry = Entry {
    action: Action::Consult,
    who: Who::Officials(&[OfficialRole::Processor, OfficialRole::Approver]),
    texts: &[QUESTION],
    choices: &[SHOWS],
    paper_texts: &[],
    passages: &[],
    when: |facts| facts.dossier.may_be_asked_about(),
};

/// What another agency is asked.
#[derive(Clone, Debug)]
pub struct Question {
    /// Which.
    pub asked_of: AgencyCode,
    /// What.
    pub text: String,
    /// What it sees.
    pub shows: Shown,
    /// Until when its answer is waited for.
    pub answer_by: DateTime<Utc>,
}

impl Dossier {
    /// Whether it is worked on, or waits while it is, and few enough agencies are asked.
    fn may_be_asked_about(&self) -> Result<(), Refusal> {
        if self.received_at.is_none() || self.status.clock() == ClockState::Ended {
            return Err(Refusal::Status(self.status));
        }
        if self.open_consultations() < MOST_OPEN { Ok(()) } else { Err(Refusal::TooManyConsultations) }
    }

    fn open_consultations(&self) -> usize {
        self.requests.iter().filter(|request| request.is_open_consultation()).count()
    }

    /// Whether nobody is waited for.
    ///
    /// # Errors
    /// [`Refusal::ConsultationOpen`]: whoever does not want to wait any longer takes the question back, which leaves its trace.
    pub fn waits_for_no_opinion(&self) -> Result<(), Refusal> {
        if self.open_consultations() == 0 { Ok(()) } else { Err(Refusal::ConsultationOpen) }
    }

    /// An official asks another agency.
    ///
    /// # Errors
    /// [`Refusal::Status`]; [`Refusal::TooManyConsultations`]; [`Refusal::ConsultedAlready`] while that agency has not answered.
    pub fn consult(
        &self,
        procedure: &Procedure,
        question: Question,
        official: Uuid,
        now: DateTime<Utc>,
    ) -> Result<Change<ConsultationNoticed>, Refusal> {
        self.may_be_asked_about()?;
        let asked =
            |request: &Request| request.is_open_consultation() && request.asked_of.as_ref() == Some(&question.asked_of);
        if self.requests.iter().any(asked) {
            return Err(Refusal::ConsultedAlready);
        }
        let mut dossier = self.changed();
        dossier.requests.push(Request {
            asked_of: Some(question.asked_of),
            answer_by: Some(question.answer_by),
            shows_papers: question.shows == Shown::Papers,
            ..Request::made(RequestKind::Consultation, official, now, question.text)
        });
        let number = i32::try_from(dossier.requests.len()).unwrap_or(i32::MAX);
        let event = dossier.consultation_notice(procedure, number, ConsultationNotice::Asked, now)?;
        Ok(Change { dossier, steps: Vec::new(), event: Some(event) })
    }

    /// An official takes a question back; who was asked is told by [`Self::consultations_dropped`].
    ///
    /// # Errors
    /// [`Refusal::ConsultationOver`] when it was answered or taken back.
    pub fn cancel_consultation(&self, number: i32) -> Result<Change<ConsultationNoticed>, Refusal> {
        let cancelled = |request: &Request| Request { state: RequestState::Cancelled, ..request.clone() };
        Ok(Change { dossier: self.with_consultation(number, cancelled)?, steps: Vec::new(), event: None })
    }

    /// What agencies are told whose opinion was waited for in `before` and is not any more: the question was taken back, or the dossier
    /// is at its end.
    pub fn consultations_dropped(
        &self,
        before: &Self,
        procedure: &Procedure,
        now: DateTime<Utc>,
    ) -> Result<Vec<ConsultationNoticed>, Refusal> {
        let both = (1..).zip(before.requests.iter().zip(&self.requests));
        both.filter(|(_, (then, now))| then.is_open_consultation() && now.state == RequestState::Cancelled)
            .map(|(number, _)| self.consultation_notice(procedure, number, ConsultationNotice::Cancelled, now))
            .collect()
    }

    /// The dossier with its open consultation `number` made another.
    pub(super) fn with_consultation(&self, number: i32, made: impl Fn(&Request) -> Request) -> Result<Self, Refusal> {
        let mut dossier = self.changed();
        let place = usize::try_from(number - 1).ok();
        let request = place.and_then(|place| dossier.requests.get_mut(place)).ok_or(Refusal::ConsultationOver)?;
        if !request.is_open_consultation() {
            return Err(Refusal::ConsultationOver);
        }
        *request = made(request);
        Ok(dossier)
    }

    /// Its consultation `number`.
    pub fn consultation(&self, number: i32) -> Option<&Request> {
        let request = self.requests.get(usize::try_from(number - 1).ok()?)?;
        (request.kind == RequestKind::Consultation).then_some(request)
    }

    /// Whether the agency that is asked by consultation `number` sees papers and answers: while it is open, if they are shown at all.
    pub fn shows_papers(&self, number: i32) -> bool {
        self.consultation(number).is_some_and(|request| request.shows_papers && request.is_open_consultation())
    }

    /// That `notice` happened to its consultation `number`.
    pub(super) fn consultation_notice(
        &self,
        procedure: &Procedure,
        number: i32,
        notice: ConsultationNotice,
        now: DateTime<Utc>,
    ) -> Result<ConsultationNoticed, Refusal> {
        let request = self.consultation(number).ok_or(Refusal::ConsultationOver)?;
        let asked_of = request.asked_of.clone().ok_or(Refusal::ConsultationOver)?;
        Ok(ConsultationNoticed {
            dossier_id: self.id,
            code: self.filed()?.code.clone(),
            procedure_name: procedure.name.clone(),
            agency: self.agency.clone(),
            asked_of,
            asked_by: request.asked_by,
            number,
            notice,
            happened_at: now,
            answer_by: request.answer_by,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{SHOWS, Shown};

    #[test]
    fn the_choice_offers_everything_that_can_be_shown() {
        assert_eq!(SHOWS.options, Shown::ALL.iter().map(|shown| shown.as_str()).collect::<Vec<_>>());
    }
}
