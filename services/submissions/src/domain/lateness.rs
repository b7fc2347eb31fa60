//! Whether a dossier is late, why, and against whom that is counted.

use chrono::{DateTime, Utc};
use civic::events::{DossierLateness, LatenessCause, LatenessCount};
use uuid::Uuid;

use super::dossier::Dossier;

/// A cause, as an official recorded it. What was recorded stays as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lateness {
    /// What it is.
    pub cause: LatenessCause,
    /// What proves it.
    pub proof: String,
    /// Who recorded it.
    pub noted_by: Uuid,
    /// When.
    pub noted_at: DateTime<Utc>,
}

impl Dossier {
    /// Whether its time was over at `now`, or when its work ended; what stood still then was not.
    pub fn is_late(&self, now: DateTime<Utc>) -> bool {
        let until = self.clock.0.last().and_then(|last| last.until).unwrap_or(now);
        self.clock.due().is_some_and(|due| self.clock.stood_still_since(until) > due)
    }

    /// Why it is late, as it is counted: what systems alone caused is counted apart, and against a person only what was hers.
    pub fn lateness_told(&self) -> Option<DossierLateness> {
        let causes: Vec<_> = self.lateness.iter().map(|noted| noted.cause).collect();
        let counted = match () {
            () if causes.is_empty() => return None,
            () if causes.contains(&LatenessCause::Official) => LatenessCount::Official,
            () if causes.iter().all(|cause| cause.is_of_systems()) => LatenessCount::Systems,
            () => LatenessCount::Others,
        };
        let official_id = self.had_when_due().filter(|_| counted == LatenessCount::Official);
        Some(DossierLateness { causes, counted, official_id })
    }

    /// Who had it as it fell due.
    fn had_when_due(&self) -> Option<Uuid> {
        let due = self.clock.due()?;
        self.custody.iter().rfind(|handover| handover.handed_over_at <= due)?.to.official
    }
}
