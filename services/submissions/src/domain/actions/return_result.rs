//! Handing a result over: at the counter against a signature, by post, or as a document that is downloaded.

use chrono::{DateTime, Utc};
use civic::{
    DossierStatus, OfficialRole, WorkingCalendar,
    events::{DossierNotice, DossierNoticed},
};
use procedure::Procedure;

use super::{Action, ChoiceInput, Entry, TextInput, Who, complete::NOTE};
use crate::domain::dossier::{Change, Dossier, Refusal};

civic::closed_list! {
    /// How a result is handed over.
    pub enum ReturnWay: "how a result is handed over" {
        /// At the counter, against a signature.
        Counter = "COUNTER",
        /// By post.
        Post = "POST",
        /// As a document that is downloaded.
        Digital = "DIGITAL",
    }
}

/// How it is handed over.
pub const WAY: ChoiceInput = ChoiceInput { name: "way", options: &["COUNTER", "POST", "DIGITAL"] };
/// Who signed for it at the counter, or the number of the parcel.
pub const RETURNED_TO: TextInput = TextInput { name: "returned_to", required: false, min_length: 0, max_length: 200 };

/// The entry.
pub const RETURN: Entry = Entry {
    action: Action::Return,
    who: Who::Officials(&[OfficialRole::Receiver]),
    texts: &[RETURNED_TO, NOTE],
    choices: &[WAY],
    paper_texts: &[],
    passages: &[(DossierStatus::Completed, DossierStatus::Returned)],
    when: |facts| facts.dossier.may_be_returned(),
};

/// How a result was handed over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Return {
    /// How.
    pub way: ReturnWay,
    /// Who signed for it, or the number of the parcel; at the counter always.
    pub to: Option<String>,
}

impl ReturnWay {
    /// Whether somebody signs.
    pub fn is_signed_for(self) -> bool {
        self == Self::Counter
    }
}

impl Dossier {
    fn may_be_returned(&self) -> Result<(), Refusal> {
        self.step(DossierStatus::Returned).map(drop)
    }

    /// An official hands its result over.
    ///
    /// # Errors
    /// [`Refusal::Status`] unless it is completed.
    pub fn return_result(
        &self,
        procedure: &Procedure,
        now: DateTime<Utc>,
        calendar: &WorkingCalendar,
    ) -> Result<Change<DossierNoticed>, Refusal> {
        let step = self.step(DossierStatus::Returned)?;
        let event = self.notice(procedure, DossierNotice::Returned, now)?;
        Ok(Change { dossier: self.after(step, now, calendar), steps: vec![step], event: Some(event) })
    }
}

impl Dossier {
    /// What was sent by post came back, or is sent anew: the dossier stands where it stood, and its applicant is told.
    ///
    /// # Errors
    /// [`Refusal::NotADraft`] of what was never filed.
    pub fn parcel_moved(
        &self,
        procedure: &Procedure,
        notice: DossierNotice,
        now: DateTime<Utc>,
    ) -> Result<Change<DossierNoticed>, Refusal> {
        let event = self.notice(procedure, notice, now)?;
        Ok(Change { dossier: self.changed(), steps: Vec::new(), event: Some(event) })
    }
}

#[cfg(test)]
mod tests {
    use super::{ReturnWay, WAY};

    #[test]
    fn the_choice_offers_every_way() {
        assert_eq!(WAY.options, ReturnWay::ALL.iter().map(|way| way.as_str()).collect::<Vec<_>>());
    }
}
