//! How a dossier's view shows what became of it.

use chrono::{DateTime, Utc};
use civic::DossierStatus;
use serde::Serialize;
use utoipa::ToSchema;

use crate::store::history;

/// A change of status.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DossierHistoryEntry)]
pub struct HistoryEntry {
    /// When.
    at: DateTime<Utc>,
    /// From this status.
    from: DossierStatus,
    /// To that one.
    to: DossierStatus,
    /// What kind of caller did it.
    actor: ActorKind,
    /// What an official noted, for officials.
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    /// Why, in words that the applicant reads too.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}

/// Who changes statuses.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DossierActor)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ActorKind {
    /// The applicant, or a program of theirs.
    Applicant,
    /// An official.
    Official,
    /// The system itself, such as on a payment.
    System,
}

impl HistoryEntry {
    /// An entry, with the note where `with_note`.
    pub fn of(entry: history::Entry, with_note: bool) -> anyhow::Result<Self> {
        Ok(Self {
            at: entry.at,
            from: entry.from_status.parse()?,
            to: entry.to_status.parse()?,
            actor: match entry.actor_kind.as_str() {
                "OFFICIAL" => ActorKind::Official,
                "SYSTEM" => ActorKind::System,
                _ => ActorKind::Applicant,
            },
            note: entry.note.filter(|_| with_note),
            reason: entry.reason,
        })
    }
}
