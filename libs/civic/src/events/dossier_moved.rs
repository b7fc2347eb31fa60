//! The fact that submissions tells of a dossier: its whole public state, whatever moved it.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::FeeLine;
use crate::{AgencyCode, DossierCode, DossierStatus, FilingChannel, LocalText, Party, ProcedureCode, Vnd};

announce! {
    DossierMoved: "vn.motcua.dossier.moved.v1" about dossier_id;
}

impl crate::Fact for DossierMoved {
    fn version(&self) -> i64 {
        self.version
    }
}

closed_list! {
    /// Who did something to a dossier, without saying which person.
    pub enum ActorKind: "the kind of an actor" {
        /// The applicant, or who acts for the applicant.
        Applicant = "APPLICANT",
        /// An official of an agency.
        Official = "OFFICIAL",
        /// No person: a payment that arrived, a time that ran out.
        System = "SYSTEM",
    }
}

closed_list! {
    /// What is known of the order that collects a charge.
    pub enum ChargeState: "the state of a charge" {
        /// To be paid.
        Due = "DUE",
        /// Paid in full.
        Paid = "PAID",
        /// No longer to be paid.
        Cancelled = "CANCELLED",
    }
}

closed_list! {
    /// Why a dossier is late.
    pub enum LatenessCause: "a cause of lateness" {
        /// The official who had it.
        Official = "OFFICIAL",
        /// Its applicant.
        Applicant = "APPLICANT",
        /// The tax authority, whose notice came late.
        Tax = "TAX",
        /// Another agency that was asked.
        OtherAgency = "OTHER_AGENCY",
        /// A register that did not answer.
        Register = "REGISTER",
        /// A message between systems that came late or never.
        Synchronisation = "SYNCHRONISATION",
        /// A system that did not work.
        System = "SYSTEM",
    }
}

closed_list! {
    /// As what a late dossier is counted.
    pub enum LatenessCount: "as what lateness is counted" {
        /// Against the official who had it when it was due.
        Official = "OFFICIAL",
        /// Late by others: against nobody here.
        Others = "OTHERS",
        /// Late by systems alone: apart, and never against a person.
        Systems = "SYSTEMS",
    }
}

impl LatenessCause {
    /// Whether a system is the cause, and no person.
    #[must_use]
    pub const fn is_of_systems(self) -> bool {
        matches!(self, Self::Synchronisation | Self::System)
    }
}

/// A dossier is in this state now. A later version replaces every earlier one, so a listener may miss or see twice what lies
/// between. Nobody is told of drafts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct DossierMoved {
    /// The dossier.
    pub dossier_id: Uuid,
    /// Grows with every change of the dossier.
    pub version: i64,
    /// Its code.
    pub code: DossierCode,
    /// The procedure.
    pub procedure: ProcedureCode,
    /// The version of the procedure that it is judged by.
    pub procedure_version: i32,
    /// The procedure's name in that version.
    pub procedure_name: LocalText,
    /// The agency that handles it.
    pub agency: AgencyCode,
    /// By which door it came.
    pub channel: FilingChannel,
    /// Whether an official helped its applicant to file it online.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[schema(required = false)]
    pub helped: bool,
    /// The centre that took it in for its agency, which is none of the agency's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub taken_at: Option<AgencyCode>,
    /// For whom: a kind and an id, never a name.
    pub applicant: Party,
    /// When it was filed.
    pub submitted_at: DateTime<Utc>,
    /// Where it stands, in the national list.
    pub status: DossierStatus,
    /// Since when.
    pub status_since: DateTime<Utc>,
    /// When it was decided first, with a result or a refusal. It stays when the dossier is taken up again to be corrected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided_at: Option<DateTime<Utc>>,
    /// Who brought it there.
    pub actor: ActorKind,
    /// The reason given, in the official's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The stage of the procedure's process, by its name there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stage: Option<String>,
    /// In whose hands it is; in nobody's before it is received and after its end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub custody: Option<Custody>,
    /// The agency's time.
    pub clock: DossierClock,
    /// What is and was to be paid, in rounds.
    pub charges: Vec<Charge>,
    /// What was handed in.
    pub papers: PaperCounts,
    /// Why it is late, once that is recorded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lateness: Option<DossierLateness>,
}

/// Why a dossier is late, as it was recorded with proof.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DossierLateness {
    /// The causes, in the order in which they were recorded.
    pub causes: Vec<LatenessCause>,
    /// As what it is counted.
    pub counted: LatenessCount,
    /// The official against whom it is counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub official_id: Option<Uuid>,
}

/// In whose hands a dossier is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Custody {
    /// The official's account.
    pub official_id: Uuid,
    /// Since when.
    pub since: DateTime<Utc>,
    /// Until when the official has it to do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_at: Option<DateTime<Utc>>,
}

/// The time that an agency has for a dossier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DossierClock {
    /// When it began to run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub started_at: Option<DateTime<Utc>>,
    /// When the result is due, as things stand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_at: Option<DateTime<Utc>>,
    /// When it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_at: Option<DateTime<Utc>>,
    /// When it stood still, in order; the last may still last.
    pub pauses: Vec<Pause>,
}

/// A time in which the clock stood still.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Pause {
    /// The status that paused it.
    pub status: DossierStatus,
    /// From when.
    pub from: DateTime<Utc>,
    /// Until when; it lasts when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<DateTime<Utc>>,
    /// When the result was due before it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_before: Option<DateTime<Utc>>,
    /// When the result is due after it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_after: Option<DateTime<Utc>>,
}

/// One round of what is to be paid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Charge {
    /// The payment order that collects it, see [`crate::order_id`].
    pub order_id: Uuid,
    /// Counted from 1.
    pub round: i32,
    /// Whether it must be paid before the dossier is received.
    pub in_advance: bool,
    /// What for.
    pub lines: Vec<FeeLine>,
    /// The total of the lines.
    pub total: Vnd,
    /// Whether it is paid, as far as submissions knows.
    pub state: ChargeState,
    /// When it was asked for.
    pub asked_at: DateTime<Utc>,
    /// Until when it can be paid; open-ended when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_at: Option<DateTime<Utc>>,
}

/// How many papers were handed in, and how.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PaperCounts {
    /// All of them.
    pub total: i32,
    /// Those that are there as files.
    pub digitised: i32,
    /// Those taken over from what was handed in or issued before.
    pub reused: i32,
}
