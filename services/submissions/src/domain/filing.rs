//! Filing: a draft is judged, priced and given its due date, before anything is written.

use chrono::{DateTime, Utc};
use civic::{
    DossierCode, DossierStatus, FilingChannel, LocalText, Secret, WorkingCalendar,
    events::{ActorKind, DossierFeeDue, DossierMoved, DossierSubmitted},
};
use procedure::{Finding, PinnedProcedure, Procedure};
use serde_json::Value;

use super::{
    charge::Charge,
    dossier::{Dossier, Filed, Refusal, Step},
    moved::Arrival,
};

/// A dossier about to be filed; only its code is still to be issued.
#[derive(Clone, Debug)]
pub struct Filing {
    /// The draft, as it was judged.
    pub draft: Dossier,
    /// Its answers, as they were judged.
    pub answers: Value,
    /// The statuses it goes through at once.
    pub steps: Vec<Step>,
    /// When it is filed.
    pub submitted_at: DateTime<Utc>,
    /// When the result is expected.
    pub due_at: DateTime<Utc>,
    /// What is charged at once.
    pub charge: Option<Charge>,
    /// How many documents it has; scans of what is handed in are added later.
    pub documents: usize,
    /// The secret for following it without signing in.
    pub tracking_secret: Secret,
}

impl Dossier {
    /// Judges a draft with papers for these components, filed now by its door. Who files online pays before it is received; at a counter
    /// it is received at once, and the fee is owed meanwhile.
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
        let answers = self.may_be_filed(pinned, components, now)?;
        let registered = self.step(DossierStatus::Registered)?;
        let procedure = &pinned.procedure;
        let due = procedure.fee(self.channel, &answers).map_err(|_| uncountable())?;
        let mut steps = vec![registered];
        if due.is_some() && self.channel == FilingChannel::Online {
            steps.push(Step { from: DossierStatus::Registered, to: DossierStatus::FeeDue });
        }
        Ok(Filing {
            draft: self.clone(),
            steps,
            submitted_at: now,
            due_at: procedure.time_limit_of(self.channel, &answers).due(now, calendar),
            charge: due.map(|fee| Charge::in_advance(self.id, fee, now)),
            answers,
            documents: if self.is_filed_by_hand() { 0 } else { components.len() },
            tracking_secret,
        })
    }
}

impl Dossier {
    /// Who files it: an official at a counter, or in the applicant's place.
    fn filed_by(&self) -> ActorKind {
        if self.is_filed_by_hand() { ActorKind::Official } else { ActorKind::Applicant }
    }
}

impl Filing {
    /// Where it stands once it is filed.
    pub fn status(&self) -> DossierStatus {
        self.steps.last().map_or(self.draft.status, |step| step.to)
    }

    /// The dossier that it makes of the draft.
    pub fn dossier(&self, code: DossierCode) -> Dossier {
        Dossier {
            status: self.status(),
            filed: Some(Filed { code, submitted_at: self.submitted_at, due_at: self.due_at }),
            charges: self.charge.iter().cloned().collect(),
            ..self.draft.changed()
        }
    }

    /// What everybody is told: where it stands.
    pub fn moved(&self, pinned: &PinnedProcedure, code: DossierCode) -> Option<DossierMoved> {
        let arrival = Arrival { at: self.submitted_at, actor: self.draft.filed_by(), reason: None };
        self.dossier(code).moved(pinned, arrival, self.documents)
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
            awaiting_fee: self.charge.is_some(),
            at_counter: self.draft.channel != FilingChannel::Online,
        }
    }

    /// What payments is told, when there is something to pay.
    pub fn fee_due(&self, procedure: &Procedure, code: DossierCode) -> Option<DossierFeeDue> {
        let charge = self.charge.as_ref()?;
        Some(DossierFeeDue {
            order_id: charge.order_id,
            dossier_id: self.draft.id,
            code,
            agency: self.draft.agency.clone(),
            procedure: procedure.code.clone(),
            payer: self.draft.applicant,
            lines: charge.lines.clone(),
            total: charge.total,
            due_at: charge.due_at,
        })
    }
}

/// Cannot happen with a published procedure, whose fees are counted by answers that its form bounds.
fn uncountable() -> Refusal {
    let text = LocalText::new("Không tính được phí từ tờ khai này.", "The fee cannot be told from these answers.");
    Refusal::Incomplete(vec![Finding { pointer: "/answers".into(), code: "fee", text }])
}
