//! Which status may follow which: the one table of it, over the national codes.

use civic::DossierStatus::{
    self, Completed, Draft, FeeDue, NotReceived, Processing, Received, Registered, Returned, Stopped,
    SupplementRequested, Withdrawn,
};

/// From one status to another that may follow it.
pub type Passage = (DossierStatus, DossierStatus);

/// From each status, those that may follow in the ordinary course. A draft can only be filed; 3, 7 and 10 are ends.
const COURSE: [(DossierStatus, &[DossierStatus]); 11] = [
    (Draft, &[Registered]),
    (Registered, &[Received, NotReceived, SupplementRequested, FeeDue, Withdrawn]),
    (Received, &[Processing, SupplementRequested, FeeDue, Withdrawn, Stopped, Completed]),
    (NotReceived, &[]),
    (Processing, &[SupplementRequested, FeeDue, Withdrawn, Stopped, Completed]),
    (SupplementRequested, &[Registered, Received, NotReceived, Processing, Withdrawn, Stopped]),
    (FeeDue, &[Registered, Received, Processing, Withdrawn, Stopped]),
    (Withdrawn, &[]),
    (Stopped, &[Processing, Completed]),
    (Completed, &[Returned]),
    (Returned, &[]),
];

/// What only an audited correction with its reason may do: take a finished dossier up again.
const CORRECTIONS: [(DossierStatus, DossierStatus); 2] = [(Completed, Processing), (Returned, Processing)];

/// How a status may follow another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transition {
    /// In the ordinary course.
    Ordinary,
    /// By a correction only.
    Correction,
    /// Never.
    None,
}

/// How `to` may follow `from`.
pub fn transition(from: DossierStatus, to: DossierStatus) -> Transition {
    if COURSE.iter().any(|(status, next)| *status == from && next.contains(&to)) {
        Transition::Ordinary
    } else if CORRECTIONS.contains(&(from, to)) {
        Transition::Correction
    } else {
        Transition::None
    }
}

#[cfg(test)]
mod tests {
    use civic::DossierStatus;

    use super::{Transition, transition};

    /// The table as the national codes write it; `!` marks a correction. The draft, which has no code, is 0.
    const WRITTEN: &str = "0→1 | 1→2,3,5,6,7 | 2→4,5,6,7,8,9 | 4→5,6,7,8,9 | 5→1,2,4,7,8,3 | 6→1,2,4,7,8 | 8→4,9 | \
        9→10,4! | 10→4!";

    fn written(from: u8, to: u8) -> Transition {
        let rows = WRITTEN.split('|').filter_map(|row| row.trim().split_once('→'));
        let next = rows.filter(|(code, _)| *code == from.to_string()).flat_map(|(_, next)| next.split(','));
        next.map(|code| match code.strip_suffix('!') {
            Some(code) => (code, Transition::Correction),
            None => (code, Transition::Ordinary),
        })
        .find(|(code, _)| *code == to.to_string())
        .map_or(Transition::None, |(_, transition)| transition)
    }

    #[test]
    fn every_pair_of_statuses_is_as_the_written_table_says() {
        let code = |status: DossierStatus| status.code().unwrap_or(0);
        for from in DossierStatus::ALL.iter().copied() {
            for to in DossierStatus::ALL.iter().copied() {
                assert_eq!(transition(from, to), written(code(from), code(to)), "{from} → {to}");
            }
        }
    }

    /// Every status that can be come to from there, itself too, in the ordinary course.
    fn ahead_of(status: DossierStatus) -> Vec<DossierStatus> {
        let mut found = vec![status];
        let mut at = 0;
        while let Some(from) = found.get(at).copied() {
            let next = DossierStatus::ALL.iter().filter(|to| transition(from, **to) == Transition::Ordinary);
            let new: Vec<_> = next.filter(|to| !found.contains(to)).copied().collect();
            found.extend(new);
            at += 1;
        }
        found
    }

    #[test]
    fn a_draft_can_come_to_every_status_and_every_status_to_an_end() {
        assert_eq!(ahead_of(DossierStatus::Draft).len(), DossierStatus::ALL.len());
        for status in DossierStatus::ALL.iter().copied() {
            let ends = |to: &DossierStatus| matches!(to.code(), Some(3 | 7 | 10));
            let ahead = ahead_of(status);
            assert!(ahead.iter().any(ends), "{status} is a dead end");
            assert_eq!(ahead.len() == 1, ends(&status), "{status}");
        }
    }

    #[test]
    fn nothing_returns_to_draft() {
        assert!(DossierStatus::ALL.iter().all(|from| transition(*from, DossierStatus::Draft) == Transition::None));
    }
}
