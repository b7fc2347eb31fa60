//! What an applicant says of the draft of her result, and what her silence says.

use chrono::{DateTime, Utc};
use civic::events::{DossierNotice, DossierNoticed};
use procedure::Procedure;
use uuid::Uuid;

use super::{Action, ChoiceInput, Entry, TextInput, Who};
use crate::domain::{
    dossier::{Change, Dossier, Refusal},
    request::{Request, RequestState},
};

civic::closed_list! {
    /// What is said of a draft.
    pub enum DraftAnswer: "an answer to a draft" {
        /// It is right.
        Confirmed = "CONFIRMED",
        /// It is to be corrected.
        Disputed = "DISPUTED",
    }
}

/// What is wrong with it; needed when it is to be corrected.
pub const COMMENT: TextInput = TextInput { name: "comment", required: false, min_length: 5, max_length: 1000 };
/// The same, where it is needed.
pub const CORRECTION: TextInput = TextInput { required: true, ..COMMENT };
/// Whether it is right.
pub const ANSWER: ChoiceInput = ChoiceInput { name: "answer", options: &["CONFIRMED", "DISPUTED"] };

/// The entry.
pub const ANSWER_DRAFT: Entry = Entry {
    action: Action::AnswerDraft,
    who: Who::Applicant,
    texts: &[COMMENT],
    choices: &[ANSWER],
    paper_texts: &[],
    passages: &[],
    when: |facts| facts.dossier.open_draft().map(drop).ok_or(Refusal::NoDraftOpen),
};

impl Dossier {
    /// Its applicant, by `by`, says this of the draft that waits.
    ///
    /// # Errors
    /// [`Refusal::NoDraftOpen`] when none waits: it was answered, or its time is over.
    pub fn answer_draft(
        &self,
        procedure: &Procedure,
        answer: DraftAnswer,
        comment: Option<String>,
        by: Uuid,
        now: DateTime<Utc>,
    ) -> Result<Change<DossierNoticed>, Refusal> {
        let notice = match answer {
            DraftAnswer::Confirmed => DossierNotice::DraftConfirmed,
            DraftAnswer::Disputed => DossierNotice::DraftDisputed,
        };
        let declined = answer == DraftAnswer::Disputed;
        self.draft_answered(procedure, notice, now, |request| Request {
            answered_by: Some(by),
            declined,
            answer: comment.clone(),
            ..request
        })
    }

    /// The time to answer draft number `number` is over: silence is consent. Nothing when it was answered, or has time left.
    ///
    /// # Errors
    /// Never for a dossier that was filed.
    pub fn lapse_draft(
        &self,
        procedure: &Procedure,
        number: i32,
        now: DateTime<Utc>,
    ) -> Result<Option<Change<DossierNoticed>>, Refusal> {
        let open = self.open_draft().filter(|(open, _)| *open == number);
        if open.and_then(|(_, open)| open.answer_by).is_none_or(|until| until > now) {
            return Ok(None);
        }
        self.draft_answered(procedure, DossierNotice::DraftLapsed, now, |request| request).map(Some)
    }

    fn draft_answered(
        &self,
        procedure: &Procedure,
        notice: DossierNotice,
        now: DateTime<Utc>,
        with: impl Fn(Request) -> Request,
    ) -> Result<Change<DossierNoticed>, Refusal> {
        let (number, open) = self.open_draft().ok_or(Refusal::NoDraftOpen)?;
        let notice = self.notice(procedure, notice, now)?;
        let answered = with(Request { state: RequestState::Answered, answered_at: Some(now), ..open.clone() });
        let reason = answered.answer.clone();
        let event = DossierNoticed { reason, officials: vec![open.asked_by], answer_by: open.answer_by, ..notice };
        let mut dossier = self.changed();
        let place = usize::try_from(number - 1).unwrap_or_default();
        dossier.requests[place] = answered;
        Ok(Change { dossier, steps: Vec::new(), event: Some(event) })
    }
}

#[cfg(test)]
mod tests {
    use super::{ANSWER, DraftAnswer};

    #[test]
    fn the_choice_offers_every_answer() {
        assert_eq!(ANSWER.options, DraftAnswer::ALL.iter().map(|answer| answer.as_str()).collect::<Vec<_>>());
    }
}
