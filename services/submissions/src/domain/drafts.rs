//! How many drafts one may have, and how long one is kept that nobody touches.

use chrono::{DateTime, TimeDelta, Utc};
use civic::PartyKind;

/// How long before its end the applicant is told.
pub const NOTICE: TimeDelta = TimeDelta::days(7);

/// Drafts that whoever fills them may have at once, for herself or for an organisation, whose programs prepare many.
pub fn most_drafts(party: PartyKind) -> i64 {
    match party {
        PartyKind::Person => 100,
        PartyKind::Organisation => 1_000,
    }
}

/// What is known of a draft that nobody filed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Untouched {
    /// When it was last touched.
    pub since: DateTime<Utc>,
    /// When its applicant was told that it will be deleted.
    pub told_at: Option<DateTime<Utc>>,
}

impl Untouched {
    /// Until when it is kept, if drafts are kept for so many days: never less than the notice after its applicant was told.
    pub fn kept_until(self, days: u16) -> DateTime<Utc> {
        let end = self.since + TimeDelta::days(days.into());
        self.told_at.map_or(end, |told| end.max(told + NOTICE))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_is_kept_for_its_days_and_for_the_whole_notice_however_late_that_was_given() {
        let day = |day| DateTime::<Utc>::UNIX_EPOCH + TimeDelta::days(day);
        let untouched = |told_at: Option<i64>| Untouched { since: day(0), told_at: told_at.map(day) };
        assert_eq!(untouched(None).kept_until(90), day(90));
        assert_eq!(untouched(Some(83)).kept_until(90), day(90));
        assert_eq!(untouched(Some(89)).kept_until(90), day(96));
    }
}
