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
    DossierNoticed: "vn.motcua.dossier.noticed.v1" about dossier_id;
    ConsultationNoticed: "vn.motcua.consultation.noticed.v1" about dossier_id;
    DeadlinesNear: "vn.motcua.deadlines.near.v1" about official_id;
}

closed_list! {
    /// What an applicant is told that has no event of its own.
    pub enum DossierNotice: "a notice about a dossier" {
        /// It is not received.
        NotReceived = "NOT_RECEIVED",
        /// Further papers are asked for.
        SupplementRequested = "SUPPLEMENT_REQUESTED",
        /// The papers asked for have come.
        SupplementAnswered = "SUPPLEMENT_ANSWERED",
        /// Its applicant takes it back.
        Withdrawn = "WITHDRAWN",
        /// It is processed: it has left the stage where it was received.
        Processing = "PROCESSING",
        /// The work on it is stopped.
        Stopped = "STOPPED",
        /// The work on it goes on.
        Resumed = "RESUMED",
        /// Its result is handed over.
        Returned = "RETURNED",
        /// A further fee is charged while it is worked on.
        ChargeDue = "CHARGE_DUE",
        /// A further fee is taken back before it was paid.
        ChargeCancelled = "CHARGE_CANCELLED",
        /// The agency apologises and takes more time.
        Extended = "EXTENDED",
        /// What was finished is corrected.
        Corrected = "CORRECTED",
        /// The days on which its agency works have changed, and with them when its result is due.
        DueMoved = "DUE_MOVED",
        /// A draft of its result is there, to be confirmed.
        DraftSent = "DRAFT_SENT",
        /// Its applicant agrees with the draft.
        DraftConfirmed = "DRAFT_CONFIRMED",
        /// Its applicant asks for the draft to be corrected.
        DraftDisputed = "DRAFT_DISPUTED",
        /// The time to confirm the draft is over: silence is consent.
        DraftLapsed = "DRAFT_LAPSED",
        /// It is late, and the agency apologises.
        Apologised = "APOLOGISED",
        /// Its result was sent by post, could not be delivered, and lies at its agency.
        ParcelCameBack = "PARCEL_CAME_BACK",
    }
}

closed_list! {
    /// What a working time ends with that is watched.
    pub enum DeadlineKind: "a kind of deadline" {
        /// What was filed is to be received, or refused.
        Answer = "ANSWER",
        /// The stage of its process is to be finished.
        Stage = "STAGE",
        /// The result is due.
        Result = "RESULT",
    }
}

closed_list! {
    /// How near a deadline is when somebody is alerted.
    pub enum DeadlineStep: "a step towards a deadline" {
        /// There is time yet.
        Early = "EARLY",
        /// There is little time.
        Soon = "SOON",
        /// It is due now.
        Due = "DUE",
        /// It is past for as long as a leader must hear of it.
        Late = "LATE",
    }
}

closed_list! {
    /// What happens to a question that one agency asks another.
    pub enum ConsultationNotice: "a notice about a consultation" {
        /// It is asked.
        Asked = "ASKED",
        /// The time for its answer is over.
        Late = "LATE",
        /// It is answered.
        Answered = "ANSWERED",
        /// No opinion is given.
        Declined = "DECLINED",
        /// It is taken back.
        Cancelled = "CANCELLED",
    }
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
    /// Whether a fee is to be paid; first, unless an official took it in.
    pub awaiting_fee: bool,
    /// Whether an official took it in at a counter or from the post: then it is received by now.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[schema(required = false)]
    pub at_counter: bool,
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
    /// What of the law says so, where an official charges it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub legal_basis: Option<String>,
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
    /// Whether it was charged while the dossier was worked on: then nobody waits to receive it.
    #[serde(default)]
    pub while_processing: bool,
    /// Whether the dossier was at its end before the payment was known: nobody works on it, and the agency sees about giving the money back.
    #[serde(default)]
    pub after_the_end: bool,
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
    /// Whether what was applied for is declined: the result is a document that says why.
    #[serde(default)]
    pub declined: bool,
    /// Whether the result takes the place of one that was corrected.
    #[serde(default)]
    pub corrected: bool,
}

/// Something happened to a dossier that its applicant must know.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct DossierNoticed {
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
    /// What happened.
    pub notice: DossierNotice,
    /// When.
    pub happened_at: DateTime<Utc>,
    /// The reason given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The papers asked for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub papers: Vec<PaperAskedFor>,
    /// Until when they are waited for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer_by: Option<DateTime<Utc>>,
    /// When the result is due, as things stand; none while the agency's time does not run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_at: Option<DateTime<Utc>>,
    /// When it was due before, where that changes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_before: Option<DateTime<Utc>>,
    /// What is charged.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fee_lines: Vec<FeeLine>,
    /// The total of that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fee_total: Option<Vnd>,
    /// The officials who must know beside those who receive: who asked for what has come, who has the dossier, who sent a draft.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub officials: Vec<Uuid>,
}

/// Something happened to a question that one agency asks another about a dossier; what is asked and answered stays where it is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ConsultationNoticed {
    /// The dossier.
    pub dossier_id: Uuid,
    /// Its code.
    pub code: DossierCode,
    /// The procedure's name.
    pub procedure_name: LocalText,
    /// Who asks.
    pub agency: AgencyCode,
    /// Who is asked.
    pub asked_of: AgencyCode,
    /// The official who asks.
    pub asked_by: Uuid,
    /// The number of the question among those about the dossier.
    pub number: i32,
    /// What happened.
    pub notice: ConsultationNotice,
    /// When.
    pub happened_at: DateTime<Utc>,
    /// Until when the answer is waited for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer_by: Option<DateTime<Utc>>,
}

/// Deadlines of dossiers are near, or past: one official is told of all that fell due together.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct DeadlinesNear {
    /// Who must act, or know.
    pub official_id: Uuid,
    /// Where.
    pub agency: AgencyCode,
    /// When it was found.
    pub happened_at: DateTime<Utc>,
    /// The deadlines, the earliest first.
    pub deadlines: Vec<Deadline>,
}

/// A deadline of a dossier.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Deadline {
    /// The dossier.
    pub dossier_id: Uuid,
    /// Its code.
    pub code: DossierCode,
    /// The procedure's name.
    pub procedure_name: LocalText,
    /// What ends.
    pub kind: DeadlineKind,
    /// How near it is.
    pub step: DeadlineStep,
    /// When it ends.
    pub due_at: DateTime<Utc>,
}

/// A paper that an applicant is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PaperAskedFor {
    /// What it is called.
    pub name: LocalText,
    /// Why it is asked for.
    pub reason: String,
    /// What to do.
    pub guidance: String,
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
