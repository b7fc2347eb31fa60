//! Throwing a draft away: nobody but its applicant ever knew of it.

use super::{Action, Entry, Who};

/// The entry.
pub const DISCARD: Entry = Entry {
    action: Action::Discard,
    who: Who::Applicant,
    texts: &[],
    choices: &[],
    paper_texts: &[],
    passages: &[],
    when: |facts| facts.dossier.may_be_edited(),
};
