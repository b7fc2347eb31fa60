//! What a dossier says is to be paid.

use chrono::{DateTime, Utc};
use civic::{
    AgencyCode, DossierCode, Party, Vnd,
    events::{self, DossierFeeDue, DossierMoved, FeeLine},
};
use uuid::Uuid;

/// One round of a dossier's fees, for which there is one order.
#[derive(Clone, Debug)]
pub struct Charge {
    /// The order of this round, an id that both services derive.
    pub order_id: Uuid,
    /// The dossier that it is of.
    pub dossier_id: Uuid,
    /// The dossier's code.
    pub code: DossierCode,
    /// Who earns it.
    pub agency: AgencyCode,
    /// Who owes it.
    pub payer: Party,
    /// What it is for.
    pub lines: Vec<FeeLine>,
    /// The sum of the lines.
    pub total: Vnd,
    /// Until when it can be paid; open when absent.
    pub due_at: Option<DateTime<Utc>>,
}

impl Charge {
    /// A round of what a dossier says is to be paid. The applicant owes it.
    pub fn of(dossier: &DossierMoved, round: &events::Charge) -> Self {
        Self {
            order_id: round.order_id,
            dossier_id: dossier.dossier_id,
            code: dossier.code.clone(),
            agency: dossier.agency.clone(),
            payer: dossier.applicant,
            lines: round.lines.clone(),
            total: round.total,
            due_at: round.due_at,
        }
    }

    /// Whether the lines make the total.
    pub fn adds_up(&self) -> bool {
        Vnd::sum(self.lines.iter().map(|line| line.amount)) == Some(self.total)
    }
}

impl From<DossierFeeDue> for Charge {
    fn from(fee: DossierFeeDue) -> Self {
        Self {
            order_id: fee.order_id,
            dossier_id: fee.dossier_id,
            code: fee.code,
            agency: fee.agency,
            payer: fee.payer,
            lines: fee.lines,
            total: fee.total,
            due_at: fee.due_at,
        }
    }
}
