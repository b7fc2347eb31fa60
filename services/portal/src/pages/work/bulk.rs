//! What is done with several dossiers of the list at once: a line for each action.

use civic::OfficialRole;
use serde_json::json;

use crate::pages::kinds::Bulk;

/// The actions, with the roles to which they are offered; who may, the API says.
static ACTIONS: [(Bulk, &[OfficialRole]); 3] = [
    (Bulk { name: "RECEIVE", path: "receipt", body: |_| json!({}) }, &[OfficialRole::Receiver]),
    (
        Bulk { name: "TAKE", path: "taking", body: |_| json!({}) },
        &[OfficialRole::Receiver, OfficialRole::Processor, OfficialRole::Approver],
    ),
    (
        Bulk { name: ASSIGN, path: "assignment", body: |posted| json!({"official": posted.get(OFFICIAL)}) },
        &[OfficialRole::Approver, OfficialRole::AgencyAdministrator],
    ),
];
/// Giving dossiers to somebody.
pub(super) const ASSIGN: &str = "ASSIGN";
/// The field that says to whom.
pub(super) const OFFICIAL: &str = "official";

/// The names of those that are offered to who has these roles.
pub(super) fn offered(roles: &[OfficialRole]) -> Vec<&'static str> {
    let all = ACTIONS.iter().filter(|(_, allowed)| roles.iter().any(|role| allowed.contains(role)));
    all.map(|(action, _)| action.name).collect()
}

/// The action with this name.
pub(super) fn find(name: &str) -> Option<&'static Bulk> {
    ACTIONS.iter().find(|(action, _)| action.name == name).map(|(action, _)| action)
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
            for name in ACTIONS.iter().map(|(action, _)| action.name) {
                let words = ["", "-title", "-done", "-refused"].map(|end| format!("bulk-{name}{end}"));
                for words in words.into_iter().chain([format!("done-{name}")]) {
                    let said = known.say(&words, [("count", 2.into())]);
                    assert!(said.is_ok(), "{said:?} in {language}");
                }
            }
        }
    }
}
