//! Nothing typed is lost: what came with a form that could not be taken stands in the page that comes back, or in the form after
//! the next sign-in of the same person. Never passwords, codes or files, and at a kiosk nothing is kept.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::seal::FIELD;

/// Fields that are neither kept nor shown again.
const SECRET: [&str; 3] = ["password", "current_password", "secret"];
/// Fields that nobody types: a form has them hidden, or they are its buttons'. The form that is shown again has its own.
const UNTYPED: [&str; 13] = [
    "key",
    "version",
    "seen",
    "next",
    "until",
    "component",
    "capacity",
    "session",
    "then",
    "in-person",
    "in-account",
    "receipt-code",
    "receipt-secret",
];

/// What was typed, and why it is not saved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Unsaved {
    /// Names and values, in the order sent.
    fields: Vec<(String, String)>,
    /// For the words about it.
    pub why: Why,
}

/// Why it is not saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Why {
    /// The session had ended.
    Ended,
    /// The form was made before somebody signed in or out in another window.
    Stale,
}

/// That a page shows what was typed, said by its response.
pub(crate) struct ShownAgain;

impl Unsaved {
    /// What was typed into the form at `place`; nothing when nothing was.
    pub fn of<'a>(place: &str, sent: impl Iterator<Item = (&'a str, &'a str)>, why: Why) -> Option<Self> {
        let ours = sent.filter(|(name, _)| *name != FIELD && !is_secret(place, name));
        let fields: Vec<_> = ours.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        let typed = fields.iter().any(|(name, value)| is_typed(name) && !value.trim().is_empty());
        typed.then_some(Self { fields, why })
    }

    /// The same, for when its person has signed in again.
    pub fn ended(&self) -> Self {
        Self { why: Why::Ended, ..self.clone() }
    }

    /// What came in a field; empty when nothing did.
    pub fn value(&self, field: &str) -> &str {
        self.fields.iter().find(|(name, _)| name == field).map_or("", |(_, value)| value)
    }

    /// Puts what was typed into the form that `content` shows; whether it shows one.
    pub fn fill(&self, content: &mut Value) -> bool {
        let Some(values) = content.pointer_mut("/form/values").filter(|values| values.is_object()) else {
            return false;
        };
        *values = self.fields.iter().map(|(name, value)| (name.clone(), Value::from(value.as_str()))).collect();
        true
    }

    /// For a page that is not the form's: the texts, and, when it may simply be sent once more to the same address, the fields.
    pub fn listed(&self, may_be_sent_again: bool) -> Value {
        let typed = self.fields.iter().filter(|(name, value)| is_typed(name) && !value.trim().is_empty());
        let texts: Vec<_> = typed.map(|(_, value)| value).collect();
        json!({"texts": texts, "fields": may_be_sent_again.then_some(&self.fields)})
    }
}

fn is_typed(name: &str) -> bool {
    !UNTYPED.contains(&name)
}

/// A code that comes by mail is a secret; a dossier's code is not.
fn is_secret(place: &str, name: &str) -> bool {
    SECRET.contains(&name) || (name == "code" && place != "/tracking")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unsaved(place: &str, sent: &[(&str, &str)]) -> Option<Unsaved> {
        Unsaved::of(place, sent.iter().copied(), Why::Ended)
    }

    #[test]
    fn no_secret_is_kept_and_what_nobody_typed_is_no_reason_to_keep_anything() {
        let sent =
            [("form_seal", "s"), ("key", "k"), ("email", "an@example.vn"), ("password", "p"), ("code", "123456")];
        let kept = unsaved("/registration", &sent).expect("something typed");
        assert_eq!(kept.fields, [("key".to_owned(), "k".to_owned()), ("email".to_owned(), "an@example.vn".to_owned())]);
        for sent in
            [&[("form_seal", "s"), ("key", "k")][..], &[("password", "p")], &[("name", " ")], &[("then", "leave")]]
        {
            assert_eq!(unsaved("/x", sent), None, "{sent:?}");
        }
        assert!(unsaved("/tracking", &[("code", "H44.100-260721-0001"), ("secret", "s")]).is_some());
    }

    #[test]
    fn it_stands_in_the_form_of_a_page_as_it_was_sent_and_what_was_unticked_stays_so() {
        let typed = unsaved("/x", &[("name", "Lan"), ("story", "a\r\nb")]).expect("something typed");
        let mut content = json!({"form": {"values": {"name": "Hoa", "truthful": "true"}, "errors": {}}});
        assert!(typed.fill(&mut content));
        assert_eq!(content["form"]["values"], json!({"name": "Lan", "story": "a\r\nb"}));
        assert!(!typed.fill(&mut json!({"form": {"summary": []}})) && !typed.fill(&mut json!({})));
    }

    #[test]
    fn elsewhere_its_texts_are_listed_and_all_of_it_can_be_sent_again() {
        let typed = unsaved("/x", &[("version", "\"3\""), ("name", "Lan"), ("place", "")]).expect("something typed");
        assert_eq!(typed.listed(false), json!({"texts": ["Lan"], "fields": null}));
        assert_eq!(typed.listed(true)["fields"], json!([["version", "\"3\""], ["name", "Lan"], ["place", ""]]));
    }
}
