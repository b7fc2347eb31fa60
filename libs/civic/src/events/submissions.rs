//! What submissions tells: how a dossier goes from filing to result.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{AgencyCode, DossierCode, LocalText, Party, ProcedureCode, Secret, Vnd};

announce! {
    DossierSubmitted: "vn.motcua.dossier.submitted.v1" about dossier_id;
    DossierFeeDue: "vn.motcua.dossier.fee_due.v1" about dossier_id;
    DossierFeePaid: "vn.motcua.dossier.fee_paid.v1" about dossier_id;
    DossierReceived: "vn.motcua.dossier.received.v1" about dossier_id;
    DossierCompleted: "vn.motcua.dossier.completed.v1" about dossier_id;
    DraftExpiring: "vn.motcua.draft.expiring.v1" about dossier_id;
}

/// A dossier was filed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct DossierSubmitted {
    /// The dossier.
    pub dossier_id: Uuid,
    /// Its code.
    pub code: DossierCode,
    /// The procedure.
    pub procedure: ProcedureCode,
    /// The procedure's name.
    pub procedure_name: LocalText,
    /// Where it was filed.
    pub agency: AgencyCode,
    /// For whom.
    pub applicant: Party,
    /// When it was filed.
    pub submitted_at: DateTime<Utc>,
    /// When the result is due.
    pub due_at: DateTime<Utc>,
    /// Opens the public tracking page together with the code.
    pub tracking_secret: Secret,
    /// Whether a fee must be paid first.
    pub awaiting_fee: bool,
}

/// A fee of a dossier must be paid.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct DossierFeeDue {
    /// The payment order to open, see [`crate::order_id`].
    pub order_id: Uuid,
    /// The dossier.
    pub dossier_id: Uuid,
    /// Its code.
    pub code: DossierCode,
    /// The agency that collects.
    pub agency: AgencyCode,
    /// The procedure.
    pub procedure: ProcedureCode,
    /// Who owes it.
    pub payer: Party,
    /// What for.
    pub lines: Vec<FeeLine>,
    /// The total of the lines.
    pub total: Vnd,
    /// Until when it can be paid; open-ended when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_at: Option<DateTime<Utc>>,
}

/// One line of a fee.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FeeLine {
    /// What is paid for.
    pub name: LocalText,
    /// How many, e.g. copies.
    pub quantity: u32,
    /// The price of one.
    pub unit_amount: Vnd,
    /// The price of all.
    pub amount: Vnd,
}

/// A dossier's fee is paid.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct DossierFeePaid {
    /// The dossier.
    pub dossier_id: Uuid,
    /// Its code.
    pub code: DossierCode,
    /// The procedure's name.
    pub procedure_name: LocalText,
    /// Where it was filed.
    pub agency: AgencyCode,
    /// For whom.
    pub applicant: Party,
    /// The payment order.
    pub order_id: Uuid,
    /// What was paid.
    pub total: Vnd,
    /// When.
    pub paid_at: DateTime<Utc>,
}

/// An official received a dossier: the agency's time runs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct DossierReceived {
    /// The dossier.
    pub dossier_id: Uuid,
    /// Its code.
    pub code: DossierCode,
    /// The procedure's name.
    pub procedure_name: LocalText,
    /// Where it was filed.
    pub agency: AgencyCode,
    /// For whom.
    pub applicant: Party,
    /// When it was received.
    pub received_at: DateTime<Utc>,
    /// When the result is due.
    pub due_at: DateTime<Utc>,
}

/// A dossier's result is ready.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct DossierCompleted {
    /// The dossier.
    pub dossier_id: Uuid,
    /// Its code.
    pub code: DossierCode,
    /// The procedure's name.
    pub procedure_name: LocalText,
    /// Where it was filed.
    pub agency: AgencyCode,
    /// For whom.
    pub applicant: Party,
    /// When it was completed.
    pub completed_at: DateTime<Utc>,
}

/// Nobody touched a draft for long: it will be deleted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct DraftExpiring {
    /// The draft.
    pub dossier_id: Uuid,
    /// The procedure's name.
    pub procedure_name: LocalText,
    /// Where it would be filed.
    pub agency: AgencyCode,
    /// For whom.
    pub applicant: Party,
    /// When it is deleted, unless somebody touches it.
    pub kept_until: DateTime<Utc>,
}
