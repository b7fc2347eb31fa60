//! Taking in at a counter the papers that were asked for, in the place of the applicant who brings them.

use chrono::{DateTime, Utc};
use civic::{OfficialRole, WorkingCalendar, events::DossierNoticed};
use procedure::Procedure;
use uuid::Uuid;

use super::{Action, Entry, Who, answer_supplement::ANSWER_SUPPLEMENT, complete::NOTE};
use crate::domain::dossier::{Change, Dossier, Refusal};

/// The entry. What is missing is said when it is done: papers that are not scanned may be handed in on paper.
pub const TAKE_SUPPLEMENT: Entry = Entry {
    action: Action::TakeSupplement,
    who: Who::Desks(&[OfficialRole::Receiver]),
    texts: &[NOTE],
    choices: &[],
    paper_texts: &[],
    passages: ANSWER_SUPPLEMENT.passages,
    when: |facts| facts.dossier.open_supplement().map(drop).ok_or(Refusal::Status(facts.dossier.status)),
};

impl Dossier {
    /// An official takes in what was asked for: there are scans, or papers that were handed in, of `supplied`. It goes on as when its
    /// applicant sends them in.
    ///
    /// # Errors
    /// [`Refusal::Status`] unless papers are waited for; [`Refusal::Incomplete`] with pointers as `/documents/CT01`.
    pub fn take_supplement(
        &self,
        procedure: &Procedure,
        supplied: &[String],
        official: Uuid,
        now: DateTime<Utc>,
        calendar: &WorkingCalendar,
    ) -> Result<Change<DossierNoticed>, Refusal> {
        self.supplement_answered(procedure, supplied, Some(official), now, calendar)
    }
}
