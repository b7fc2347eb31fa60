//! What an applicant is told of a passage that has no event of its own.

use chrono::{DateTime, Utc};
use civic::events::{DossierNotice, DossierNoticed};
use procedure::Procedure;

use super::dossier::{Dossier, Refusal};

impl Dossier {
    /// That `notice` happened to it now.
    pub(super) fn notice(
        &self,
        procedure: &Procedure,
        notice: DossierNotice,
        now: DateTime<Utc>,
    ) -> Result<DossierNoticed, Refusal> {
        Ok(DossierNoticed {
            dossier_id: self.id,
            code: self.filed()?.code.clone(),
            procedure_name: procedure.name.clone(),
            agency: self.agency.clone(),
            applicant: self.applicant,
            notice,
            happened_at: now,
            reason: None,
            papers: Vec::new(),
            answer_by: None,
            due_at: None,
            due_before: None,
            fee_lines: Vec::new(),
            fee_total: None,
            officials: Vec::new(),
        })
    }
}
