//! What agencies write often: phrases that are chosen beside a reason, and stand before what is typed there.

use serde_json::Value;

use super::DossierRecord;
use crate::{posted::Posted, signed_in::SignedIn};

/// The actions of officials that are given a reason, for which agencies keep phrases.
pub const PHRASED: [&str; 9] =
    ["REFUSE", "REQUEST_SUPPLEMENT", "STOP", "DECLINE", "EXTEND", "CANCEL_CHARGE", "SEND_BACK", "GIVE_BACK", "CORRECT"];
/// The text of such an action, or of a paper, for which a phrase can be chosen.
pub(super) const TEXT: &str = "reason";
/// The ending of the choice beside such a text.
const PHRASE: &str = "-phrase";

/// What the agency writes often with an action; nothing when that cannot be told.
pub(super) async fn offered(visit: &SignedIn, action: &str, record: &DossierRecord) -> Vec<Value> {
    if !PHRASED.contains(&action) {
        return Vec::new();
    }
    let phrases = visit.api().get(&format!("/api/v1/agencies/{}/phrases", record.agency())).await;
    let phrases = phrases.ok().and_then(|mut all| all["items"].take().as_array().cloned()).unwrap_or_default();
    phrases.into_iter().filter(|phrase| phrase["action"] == action).map(|phrase| phrase["text"].clone()).collect()
}

/// The fields with the phrases that were chosen in front of what was typed beside them.
pub(super) fn before_typed(fields: &Posted) -> Posted {
    let mut whole = Posted::default();
    for (name, typed) in fields.fields() {
        let phrase = fields.get(&format!("{name}{PHRASE}"));
        let parts = [phrase, typed].into_iter().filter(|part| !part.trim().is_empty()).collect::<Vec<_>>();
        let text = if phrase.is_empty() { typed.to_owned() } else { parts.join("\n") };
        whole.add(name.to_owned(), text);
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chosen_phrase_stands_before_what_was_typed_and_never_in_its_place() {
        let sent = b"reason=Trang+2.&reason-phrase=M%E1%BB%9D.&CT01-reason=&CT01-reason-phrase=M%E1%BB%9D.&note=a&note-phrase=";
        let whole = before_typed(&Posted::parse(sent));
        assert_eq!(whole.get("reason"), "Mờ.\nTrang 2.");
        assert_eq!((whole.get("CT01-reason"), whole.get("note")), ("Mờ.", "a"));
    }
}
