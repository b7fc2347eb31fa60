//! What is done with several dossiers of the list at once: a line for each action.

use civic::OfficialRole;
use serde_json::json;

use crate::pages::kinds::Bulk;

/// The actions, with the roles to which they are offered, and the parts of the work in which they are, if not in all; who may, the API says.
static ACTIONS: [(Bulk, &[OfficialRole], &[&str]); 5] = [
    (bare("RECEIVE", "receipt"), &[OfficialRole::Receiver], &[]),
    (bare("TAKE", "taking"), &[OfficialRole::Receiver, OfficialRole::Processor, OfficialRole::Approver], &[]),
    (bare("COMPLETE", "completion"), &[OfficialRole::Processor, OfficialRole::Approver], &["TO_SIGN", "MINE"]),
    (
        bare("FORWARD", "forwarding"),
        &[OfficialRole::Receiver, OfficialRole::Processor, OfficialRole::Approver],
        &["TO_SIGN", "MINE"],
    ),
    (
        Bulk { name: ASSIGN, path: "assignment", body: |posted| json!({"official": posted.get(OFFICIAL)}) },
        &[OfficialRole::Approver, OfficialRole::AgencyAdministrator],
        &[],
    ),
];

/// An action with which nothing is said.
const fn bare(name: &'static str, path: &'static str) -> Bulk {
    Bulk { name, path, body: |_| json!({}) }
}

/// Giving dossiers to somebody.
pub(super) const ASSIGN: &str = "ASSIGN";
/// The field that says to whom.
pub(super) const OFFICIAL: &str = "official";

/// The names of those that are offered to who has these roles in a part of the work.
pub(super) fn offered(roles: &[OfficialRole], part: Option<&str>) -> Vec<&'static str> {
    let is_there = |parts: &[&str]| parts.is_empty() || part.is_some_and(|part| parts.contains(&part));
    let all =
        ACTIONS.iter().filter(|(_, allowed, parts)| is_there(parts) && roles.iter().any(|role| allowed.contains(role)));
    all.map(|(action, ..)| action.name).collect()
}

/// The action with this name.
pub(super) fn find(name: &str) -> Option<&'static Bulk> {
    ACTIONS.iter().find(|(action, ..)| action.name == name).map(|(action, ..)| action)
}

#[cfg(test)]
mod tests {
    use civic::Language;

    use super::*;
    use crate::words::Words;

    #[test]
    fn every_action_has_its_words_in_both_languages() {
        for language in [Language::Vi, Language::En] {
            let known = Words::load(language).expect("messages");
            for name in ACTIONS.iter().map(|(action, ..)| action.name) {
                let words = ["", "-title", "-done", "-refused"].map(|end| format!("bulk-{name}{end}"));
                for words in words.into_iter().chain([format!("done-{name}")]) {
                    let said = known.say(&words, [("count", 2.into())]);
                    assert!(said.is_ok(), "{said:?} in {language}");
                }
            }
        }
    }
}
