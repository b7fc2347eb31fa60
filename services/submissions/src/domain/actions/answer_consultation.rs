//! What the agency that is asked does: it answers, or says why it does not. When its time is over it is reminded.

use chrono::{DateTime, Utc};
use civic::{
    OfficialRole,
    events::{ConsultationNotice, ConsultationNoticed},
};
use procedure::Procedure;
use uuid::Uuid;

use super::TextInput;
use crate::domain::{
    dossier::{Change, Dossier, Refusal},
    request::{Request, RequestState},
};

/// Who answers for an agency.
pub const ROLES: &[OfficialRole] = &[OfficialRole::Receiver, OfficialRole::Processor, OfficialRole::Approver];
/// The opinion, or why there is none.
pub const ANSWER: TextInput = TextInput { name: "answer", required: true, min_length: 10, max_length: 4000 };
/// Documents that may come with an answer.
const MOST_FILES: usize = 5;

/// What an agency answers.
#[derive(Clone, Debug)]
pub struct Answer {
    /// In which words.
    pub text: String,
    /// Whether it gives no opinion.
    pub declined: bool,
}

impl Dossier {
    /// An official of the agency that is asked answers.
    ///
    /// # Errors
    /// [`Refusal::ConsultationOver`] when it was answered or taken back.
    pub fn answer_consultation(
        &self,
        procedure: &Procedure,
        number: i32,
        answer: Answer,
        official: Uuid,
        now: DateTime<Utc>,
    ) -> Result<Change<ConsultationNoticed>, Refusal> {
        let answered = |request: &Request| Request {
            state: RequestState::Answered,
            answered_at: Some(now),
            answered_by: Some(official),
            answer: Some(answer.text.clone()),
            declined: answer.declined,
            ..request.clone()
        };
        let dossier = self.with_consultation(number, answered)?;
        let notice = if answer.declined { ConsultationNotice::Declined } else { ConsultationNotice::Answered };
        let event = dossier.consultation_notice(procedure, number, notice, now)?;
        Ok(Change { dossier, steps: Vec::new(), event: Some(event) })
    }

    /// Whether a document may come with the answer, to which `files` have come already.
    ///
    /// # Errors
    /// [`Refusal::ConsultationOver`]; [`Refusal::TooManyDocuments`].
    pub fn may_take_opinion(&self, number: i32, files: usize) -> Result<(), Refusal> {
        self.with_consultation(number, Clone::clone)?;
        if files < MOST_FILES { Ok(()) } else { Err(Refusal::TooManyDocuments) }
    }

    /// The time for an answer is over. Nothing when it came, was taken back for, or has time left.
    ///
    /// # Errors
    /// Never for a dossier that was filed.
    pub fn late_consultation(
        &self,
        procedure: &Procedure,
        number: i32,
        now: DateTime<Utc>,
    ) -> Result<Option<ConsultationNoticed>, Refusal> {
        let is_late = self.consultation_due(number).is_some_and(|until| until <= now);
        is_late.then(|| self.consultation_notice(procedure, number, ConsultationNotice::Late, now)).transpose()
    }

    /// Until when the answer of a consultation that is open is waited for.
    pub fn consultation_due(&self, number: i32) -> Option<DateTime<Utc>> {
        self.consultation(number).filter(|request| request.is_open_consultation())?.answer_by
    }
}
