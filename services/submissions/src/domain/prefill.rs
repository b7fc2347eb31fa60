//! What is known already of who hands in: from her earlier dossiers, with a word where each answer comes from.

use chrono::{DateTime, Utc};
use civic::DossierCode;
use procedure::{Meaning, Procedure, Widget};
use serde_json::{Map, Value};

/// An earlier dossier of hers, with the procedure that it was judged by.
#[derive(Debug)]
pub struct Earlier<'a> {
    /// Its code.
    pub code: &'a DossierCode,
    /// When it was filed.
    pub submitted_at: DateTime<Utc>,
    /// The procedure.
    pub procedure: &'a Procedure,
    /// What was answered.
    pub answers: Map<String, Value>,
}

/// An answer that is known.
#[derive(Clone, Debug, PartialEq)]
pub struct Known {
    /// The field of the form that is filled.
    pub field: String,
    /// With what.
    pub value: Value,
    /// The dossier that it was answered in.
    pub from: DossierCode,
}

/// What fills the form of `procedure`, the fields in their order: of each what was answered last, in a dossier of the same procedure, or
/// about the same of the person who fills the form. A declaration is made anew each time.
pub fn known(procedure: &Procedure, earlier: &[Earlier<'_>]) -> Vec<Known> {
    let fields = procedure.ui.pages.iter().flat_map(|page| &page.fields);
    let known = fields.filter_map(|name| {
        let ui = procedure.ui.fields.get(name).filter(|ui| ui.widget != Widget::Checkbox)?;
        let same = earlier.iter().filter(|it| it.procedure.code == procedure.code);
        let same = same.filter_map(|it| Some((it, it.answers.get(name)?)));
        let alike = earlier.iter().filter_map(|it| Some((it, about(it, ui.meaning?)?)));
        let (it, value) = same.chain(alike).max_by_key(|(it, _)| it.submitted_at)?;
        Some(Known { field: name.clone(), value: value.clone(), from: it.code.clone() })
    });
    known.collect()
}

/// What an earlier dossier says of the person who filled its form.
fn about<'a>(earlier: &'a Earlier<'_>, meaning: Meaning) -> Option<&'a Value> {
    let mut fields = earlier.procedure.ui.fields.iter();
    let (name, _) = fields.find(|(_, ui)| ui.meaning == Some(meaning))?;
    earlier.answers.get(name)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const COPY: &str = include_str!("../../../catalogue/data/procedures/2.000635/4.json");
    const RESIDENCE: &str = include_str!("../../../catalogue/data/procedures/1.004222/4.json");

    fn procedure(source: &str) -> Procedure {
        serde_json::from_str(source).expect("a procedure")
    }

    fn map(value: Value) -> Map<String, Value> {
        value.as_object().cloned().expect("an object")
    }

    #[test]
    fn the_same_form_is_filled_as_last_time_and_others_by_what_they_say_of_the_person() {
        let (copy, residence) = (procedure(COPY), procedure(RESIDENCE));
        let codes = ["H44.100-260720-0001", "H44.100-260721-0001"].map(|code| code.parse().expect("a code"));
        let at = |text: &str| text.parse().expect("a moment");
        let answers = map(json!({"applicant_name": "Lan", "event": "BIRTH", "copies": 2, "truthful": true}));
        let before = Earlier { code: &codes[0], submitted_at: at("2026-07-20T02:00:00Z"), procedure: &copy, answers };
        let answers = map(json!({"person_name": "Trần Thị Lan", "person_citizen_number": "000192012345"}));
        let last =
            Earlier { code: &codes[1], submitted_at: at("2026-07-21T02:00:00Z"), procedure: &residence, answers };
        let known = known(&copy, &[before, last]);
        let told: Vec<_> = known.iter().map(|it| (it.field.as_str(), it.value.clone(), it.from.as_str())).collect();
        let (first, second) = (codes[0].as_str(), codes[1].as_str());
        assert_eq!(
            told,
            [
                ("event", json!("BIRTH"), first),
                ("copies", json!(2), first),
                ("applicant_name", json!("Trần Thị Lan"), second),
                ("applicant_citizen_number", json!("000192012345"), second),
            ]
        );
    }

    #[test]
    fn nothing_is_known_of_who_was_never_here() {
        assert_eq!(known(&procedure(COPY), &[]), []);
    }
}
