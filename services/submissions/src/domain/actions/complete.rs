//! Completing a dossier whose result is issued.

use chrono::{DateTime, Utc};
use civic::{DossierStatus, OfficialRole, WorkingCalendar, events::DossierCompleted};
use procedure::Procedure;

use super::{Action, Entry, TextInput, Who};
use crate::domain::{
    charge::Charge,
    dossier::{Change, Dossier, Refusal},
};

/// A note for officials.
pub const NOTE: TextInput = TextInput { name: "note", required: false, min_length: 0, max_length: 1000 };

/// The entry.
pub const COMPLETE: Entry = Entry {
    action: Action::Complete,
    who: Who::Officials(&[OfficialRole::Processor, OfficialRole::Approver]),
    texts: &[NOTE],
    choices: &[],
    paper_texts: &[],
    passages: &[
        (DossierStatus::Received, DossierStatus::Completed),
        (DossierStatus::Processing, DossierStatus::Completed),
    ],
    when: |facts| facts.dossier.may_be_completed(&facts.pinned.procedure, facts.results),
};

impl Dossier {
    /// Whether an official may complete it with so many results.
    fn may_be_completed(&self, procedure: &Procedure, results: usize) -> Result<(), Refusal> {
        self.may_take_result()?;
        self.waits_for_no_opinion()?;
        self.draft_is_settled(procedure)?;
        // What was handed in at a counter is worked on while its fee is owed.
        if self.charges.iter().any(Charge::is_owed) {
            return Err(Refusal::FeeNotPaid);
        }
        if results == 0 { Err(Refusal::ResultMissing) } else { Ok(()) }
    }

    /// An official completes the dossier, for which `results` documents were issued.
    ///
    /// # Errors
    /// [`Refusal::Status`] unless it was received or is being processed; [`Refusal::ConsultationOpen`]; as
    /// [`Self::draft_is_settled`]; [`Refusal::FeeNotPaid`];
    /// [`Refusal::ResultMissing`].
    pub fn complete(
        &self,
        procedure: &Procedure,
        results: usize,
        now: DateTime<Utc>,
        calendar: &WorkingCalendar,
    ) -> Result<Change<DossierCompleted>, Refusal> {
        self.may_be_completed(procedure, results)?;
        let step = self.step(DossierStatus::Completed)?;
        let event = self.completed(procedure, false, now)?;
        let dossier = self.after(step, now, calendar).done(now);
        Ok(Change { dossier, steps: vec![step], event: Some(event) })
    }

    /// That it is completed now, and whether with a refusal.
    pub(super) fn completed(
        &self,
        procedure: &Procedure,
        declined: bool,
        now: DateTime<Utc>,
    ) -> Result<DossierCompleted, Refusal> {
        Ok(DossierCompleted {
            dossier_id: self.id,
            code: self.filed()?.code.clone(),
            procedure_name: procedure.name.clone(),
            agency: self.agency.clone(),
            applicant: self.applicant,
            completed_at: now,
            declined,
            corrected: self.is_corrected(),
        })
    }
}
