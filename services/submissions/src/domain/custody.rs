//! Who has a dossier, hand-over by hand-over: what form 06 is printed from.

use chrono::{DateTime, Utc};
use civic::{AgencyCode, VIETNAM, WorkingCalendar};
use uuid::Uuid;

use super::clock::{Clock, PeriodKind};

civic::closed_list! {
    /// What a hand-over was.
    pub enum HandoverKind: "a kind of hand-over" {
        /// An official received the dossier from its applicant.
        Receipt = "RECEIPT",
        /// The stage had nothing to decide, and passed by itself.
        Passing = "PASSING",
        /// An official took what nobody had.
        Taking = "TAKING",
        /// Who had it gave it back, so that nobody has it.
        GivingBack = "GIVING_BACK",
        /// It was given to an official of the same stage.
        Assignment = "ASSIGNMENT",
        /// Its stage was finished; another begins.
        Forwarding = "FORWARDING",
        /// It goes back to a stage that it came from.
        SendingBack = "SENDING_BACK",
    }
}

civic::closed_list! {
    /// How a holder's part ended, as form 06 says it.
    pub enum Outcome: "how a part ended" {
        /// On a day before it was due.
        BeforeTime = "BEFORE_TIME",
        /// On the day it was due, not after the hour.
        OnTime = "ON_TIME",
        /// After it was due.
        Late = "LATE",
    }
}

impl HandoverKind {
    /// Whether a stage begins with it: a part that goes from hand to hand within its stage is due as before.
    pub const fn begins_a_stage(self) -> bool {
        matches!(self, Self::Receipt | Self::Passing | Self::Forwarding | Self::SendingBack)
    }
}

/// Who has a dossier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holder {
    /// The agency.
    pub agency: AgencyCode,
    /// The official there; none until somebody takes it.
    pub official: Option<Uuid>,
}

/// One hand-over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handover {
    /// What it was.
    pub kind: HandoverKind,
    /// Who gave it; none when it came from its applicant.
    pub from: Option<Holder>,
    /// Who has it then.
    pub to: Holder,
    /// The stage in which it is then; none where the process has no stages, or the version before wrote it.
    pub stage: Option<String>,
    /// Who did it, where that does not follow from what it was: none for a receipt, and for what came about by itself.
    pub done_by: Option<Uuid>,
    /// The absent official in whose place its receiver has it.
    pub meant_for: Option<Uuid>,
    /// Who did part of it in its receiver's place, while that one was away.
    pub deputies: Vec<Uuid>,
    /// What was written with it.
    pub note: Option<String>,
    /// When it was given.
    pub handed_over_at: DateTime<Utc>,
    /// By when this holder's part is due.
    pub due_at: Option<DateTime<Utc>>,
    /// When it was taken; none while it is only assigned.
    pub accepted_at: Option<DateTime<Utc>>,
}

impl Handover {
    /// The first one: an official takes the dossier in, due then.
    pub fn receipt(agency: AgencyCode, official: Uuid, now: DateTime<Utc>, due_at: DateTime<Utc>) -> Self {
        Self {
            kind: HandoverKind::Receipt,
            from: None,
            to: Holder { agency, official: Some(official) },
            stage: None,
            done_by: None,
            meant_for: None,
            deputies: Vec::new(),
            note: None,
            handed_over_at: now,
            due_at: Some(due_at),
            accepted_at: Some(now),
        }
    }

    /// The one after it: the same agency and stage, in nobody's hands, due as before.
    pub fn next(&self, kind: HandoverKind, now: DateTime<Utc>) -> Self {
        Self {
            kind,
            from: Some(self.to.clone()),
            to: Holder { agency: self.to.agency.clone(), official: None },
            stage: self.stage.clone(),
            done_by: None,
            meant_for: None,
            deputies: Vec::new(),
            note: None,
            handed_over_at: now.max(self.handed_over_at),
            due_at: self.due_at,
            accepted_at: None,
        }
    }
}

impl Outcome {
    /// How a part that was due then ended.
    pub fn of(due: DateTime<Utc>, ended: DateTime<Utc>) -> Self {
        let day = |at: DateTime<Utc>| at.with_timezone(&VIETNAM).date_naive();
        match () {
            () if ended > due => Self::Late,
            () if day(ended) < day(due) => Self::BeforeTime,
            () => Self::OnTime,
        }
    }
}

/// When the part of each hand-over ended: with the next one, the last with the dossier's time.
pub fn ends(custody: &[Handover], clock: &Clock) -> Vec<Option<DateTime<Utc>>> {
    let next = custody.iter().skip(1).map(|next| Some(next.handed_over_at));
    let last = clock.0.last().and_then(|period| period.until);
    next.chain([last]).take(custody.len()).collect()
}

/// The hand-overs of a dossier whose time turned from `before` to `after` now: when a pause ends and the work is not over, who has it gets
/// the working time back that was left, whatever follows: another pause gives back what is left then.
pub fn turned(
    custody: &[Handover],
    before: &Clock,
    after: &Clock,
    now: DateTime<Utc>,
    calendar: &WorkingCalendar,
) -> Vec<Handover> {
    let paused = before.0.last().filter(|last| last.until.is_none() && matches!(last.kind, PeriodKind::Paused(_)));
    let goes_on = after.0.len() > before.0.len();
    let mut custody = custody.to_vec();
    if let (Some(pause), true, Some(last)) = (paused, goes_on, custody.last_mut()) {
        last.due_at = last.due_at.map(|due| civic::resume(due, pause.from.max(last.handed_over_at), now, calendar));
    }
    custody
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Utc};

    use super::Outcome;

    #[test]
    fn a_part_ends_before_time_on_its_day_or_late() {
        let at = |text: &str| text.parse::<DateTime<Utc>>().expect("a moment");
        for (due, ended, outcome) in [
            ("2026-12-04T10:00:00Z", "2026-12-03T10:00:00Z", Outcome::BeforeTime),
            // 23:59 in Vietnam of the day before, and 00:00 of the day.
            ("2026-12-04T10:00:00Z", "2026-12-03T16:59:59Z", Outcome::BeforeTime),
            ("2026-12-04T10:00:00Z", "2026-12-03T17:00:00Z", Outcome::OnTime),
            ("2026-12-04T10:00:00Z", "2026-12-04T10:00:00Z", Outcome::OnTime),
            ("2026-12-04T10:00:00Z", "2026-12-04T10:00:01Z", Outcome::Late),
        ] {
            assert_eq!(Outcome::of(at(due), at(ended)), outcome, "{due} {ended}");
        }
    }
}
