//! Whose dossier it is, as forms say it: what was answered about the person who filled the form.

use documents::Applicant;
use procedure::{Meaning, Procedure};
use serde_json::Value;

/// The applicant of this name, who answered so.
pub fn applicant(name: &str, answers: &str, procedure: &Procedure) -> Applicant {
    let answers: Value = serde_json::from_str(answers).unwrap_or_default();
    let answered = |meaning: Meaning| {
        let mut fields = procedure.ui.fields.iter();
        let (field, _) = fields.find(|(_, field)| field.meaning == Some(meaning))?;
        answers.get(field)?.as_str().map(ToOwned::to_owned)
    };
    Applicant {
        name: name.to_owned(),
        address: answered(Meaning::Address),
        phone: answered(Meaning::Phone),
        email: answered(Meaning::Email),
    }
}
