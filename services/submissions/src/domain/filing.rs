//! Filing: a draft is judged, priced and given its due date, before anything is written.

use chrono::{DateTime, Utc};
use civic::{
    DossierCode, DossierStatus, LocalText, Secret, WorkingCalendar,
    events::{DossierFeeDue, DossierSubmitted},
};
use procedure::{Channel, Expectation, Fee, Finding, PinnedProcedure, Procedure};
use serde_json::Value;
use uuid::Uuid;

use super::dossier::{Dossier, Refusal, Step};

/// The only round of fees there is as yet.
const FIRST_ROUND: u32 = 1;

/// A dossier about to be filed; only its code is still to be issued.
#[derive(Clone, Debug)]
pub struct Filing {
    /// The draft, as it was judged.
    pub draft: Dossier,
    /// The statuses it goes through at once.
    pub steps: Vec<Step>,
    /// When it is filed.
    pub submitted_at: DateTime<Utc>,
    /// When the result is expected.
    pub due_at: DateTime<Utc>,
    /// What is due, and the order it is paid by.
    pub fee: Option<(Uuid, Fee)>,
    /// The secret for following it without signing in.
    pub tracking_secret: Secret,
}

impl Dossier {
    /// Whether it may be filed with documents for these components; gives its answers.
    ///
    /// # Errors
    /// [`Refusal::NotADraft`]; [`Refusal::Incomplete`] with pointers into the dossier (`/answers/…`, `/documents/…`).
    pub(super) fn may_be_filed(&self, pinned: &PinnedProcedure, components: &[String]) -> Result<Value, Refusal> {
        // The table also lets a dossier that waits for its fee return to being registered.
        self.may_be_edited()?;
        let answers: Value = serde_json::from_str(&self.answers).unwrap_or_default();
        let mut findings = pinned.form.check(&answers, Expectation::Complete);
        findings.iter_mut().for_each(|finding| finding.pointer.insert_str(0, "/answers"));
        findings.extend(missing(&pinned.procedure, &answers, components));
        if findings.is_empty() { Ok(answers) } else { Err(Refusal::Incomplete(findings)) }
    }

    /// Judges a draft with documents for these components, filed online now.
    ///
    /// # Errors
    /// As [`Self::may_be_filed`].
    pub fn file(
        &self,
        pinned: &PinnedProcedure,
        components: &[String],
        tracking_secret: Secret,
        now: DateTime<Utc>,
        calendar: &WorkingCalendar,
    ) -> Result<Filing, Refusal> {
        let answers = self.may_be_filed(pinned, components)?;
        let registered = self.step(DossierStatus::Registered)?;
        let procedure = &pinned.procedure;
        let due = procedure.fee(Channel::Online, &answers).map_err(|_| uncountable())?;
        let mut steps = vec![registered];
        if due.is_some() {
            steps.push(Step { from: DossierStatus::Registered, to: DossierStatus::FeeDue });
        }
        Ok(Filing {
            draft: self.clone(),
            steps,
            submitted_at: now,
            due_at: procedure.time_limit_of(Channel::Online, &answers).due(now, calendar),
            fee: due.map(|fee| (civic::order_id(self.id, FIRST_ROUND), fee)),
            tracking_secret,
        })
    }
}

impl Filing {
    /// Where it stands once it is filed.
    pub fn status(&self) -> DossierStatus {
        self.steps.last().map_or(self.draft.status, |step| step.to)
    }

    /// What everybody is told: it was filed.
    pub fn submitted(&self, procedure: &Procedure, code: DossierCode) -> DossierSubmitted {
        DossierSubmitted {
            dossier_id: self.draft.id,
            code,
            procedure: procedure.code.clone(),
            procedure_name: procedure.name.clone(),
            agency: self.draft.agency.clone(),
            applicant: self.draft.applicant,
            submitted_at: self.submitted_at,
            due_at: self.due_at,
            tracking_secret: self.tracking_secret.clone(),
            awaiting_fee: self.fee.is_some(),
        }
    }

    /// What payments is told, when there is something to pay.
    pub fn fee_due(&self, procedure: &Procedure, code: DossierCode) -> Option<DossierFeeDue> {
        let (order_id, fee) = self.fee.as_ref()?;
        Some(DossierFeeDue {
            order_id: *order_id,
            dossier_id: self.draft.id,
            code,
            agency: self.draft.agency.clone(),
            procedure: procedure.code.clone(),
            payer: self.draft.applicant,
            lines: fee.lines.clone(),
            total: fee.total,
            due_at: None,
        })
    }
}

fn missing(procedure: &Procedure, answers: &Value, components: &[String]) -> Vec<Finding> {
    let required = procedure.components.iter().filter(|component| component.is_required(answers));
    required
        .filter(|component| !components.contains(&component.code))
        .map(|component| Finding {
            pointer: format!("/documents/{}", component.code),
            code: "component-missing",
            text: LocalText {
                vi: format!("Chưa tải lên: {}.", component.name.vi),
                en: format!("Not uploaded yet: {}.", component.name.en),
            },
        })
        .collect()
}

/// Cannot happen with a published procedure, whose fees are counted by answers that its form bounds.
fn uncountable() -> Refusal {
    let text = LocalText::new("Không tính được phí từ tờ khai này.", "The fee cannot be told from these answers.");
    Refusal::Incomplete(vec![Finding { pointer: "/answers".into(), code: "fee", text }])
}
