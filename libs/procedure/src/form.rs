//! A procedure's form: what answers it takes, by JSON Schema 2020-12.

use civic::{CitizenNumber, LocalText, Phone};
use jsonschema::{Draft, PatternOptions, ValidationError, Validator, error::ValidationErrorKind};
use serde_json::Value;

use crate::form_words::sentence;

/// Beyond this many findings nobody reads on.
const MOST: usize = 100;

/// A form, compiled.
#[derive(Debug)]
pub struct Form(Validator);

/// What is wrong with one answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// JSON Pointer (RFC 6901) into the answers.
    pub pointer: String,
    /// The keyword that failed.
    pub code: &'static str,
    /// A sentence for who fills the form.
    pub text: LocalText,
}

/// How much is expected of the answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expectation {
    /// A draft: what is there is right, but something may be missing.
    Draft,
    /// All of it.
    Complete,
}

impl Form {
    /// Compiles a schema. References to other documents are refused; patterns run in linear time. Beyond the standard's
    /// formats there are `citizen-number` and `phone`; a format that nobody knows is refused.
    ///
    /// # Errors
    /// What is wrong with the schema, in English, for its author.
    pub fn compile(schema: &Value) -> Result<Self, String> {
        let validator = jsonschema::options()
            .with_draft(Draft::Draft202012)
            .with_pattern_options(PatternOptions::regex())
            .should_validate_formats(true)
            .should_ignore_unknown_formats(false)
            .with_format("citizen-number", |text: &str| text.parse::<CitizenNumber>().is_ok())
            .with_format("phone", |text: &str| text.parse::<Phone>().is_ok())
            .offline()
            .build(schema);
        validator.map(Self).map_err(|why| why.to_string())
    }

    /// What is wrong with `answers`; nothing when they are as expected.
    pub fn check(&self, answers: &Value, expectation: Expectation) -> Vec<Finding> {
        let mut findings = Vec::new();
        forbid_control_characters(answers, &mut String::new(), &mut findings);
        for error in self.0.iter_errors(answers) {
            let excused = expectation == Expectation::Draft && is_missing(&error);
            if !excused && findings.len() < MOST {
                findings.extend(found(&error));
            }
        }
        findings
    }
}

fn is_missing(error: &ValidationError<'_>) -> bool {
    matches!(error.kind(), ValidationErrorKind::Required { .. })
}

/// One finding, or one for each of the properties that an error is about.
fn found(error: &ValidationError<'_>) -> Vec<Finding> {
    let at = error.instance_path().as_str();
    let (code, text) = sentence(error.kind());
    let finding = |pointer: String| Finding { pointer, code, text: text.clone() };
    match error.kind() {
        ValidationErrorKind::Required { property } => {
            vec![finding(below(at, property.as_str().unwrap_or_default()))]
        }
        ValidationErrorKind::AdditionalProperties { unexpected }
        | ValidationErrorKind::UnevaluatedProperties { unexpected } => {
            unexpected.iter().take(MOST).map(|name| finding(below(at, name))).collect()
        }
        _ => vec![finding(at.to_owned())],
    }
}

fn below(pointer: &str, name: &str) -> String {
    format!("{pointer}/{}", name.replace('~', "~0").replace('/', "~1"))
}

/// Nothing that is typed holds them; printed on paper or stored in a database they do harm.
fn forbid_control_characters(value: &Value, pointer: &mut String, findings: &mut Vec<Finding>) {
    let length = pointer.len();
    match value {
        Value::String(text) if text.contains(is_forbidden) && findings.len() < MOST => {
            let text = LocalText::new("Có ký tự không nhập được.", "There are characters that cannot be typed.");
            findings.push(Finding { pointer: pointer.clone(), code: "control-character", text });
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                *pointer = below(pointer, &index.to_string());
                forbid_control_characters(item, pointer, findings);
                pointer.truncate(length);
            }
        }
        Value::Object(members) => {
            for (name, member) in members {
                *pointer = below(pointer, name);
                forbid_control_characters(member, pointer, findings);
                pointer.truncate(length);
            }
        }
        _ => {}
    }
}

fn is_forbidden(letter: char) -> bool {
    letter.is_control() && !matches!(letter, '\n' | '\r' | '\t')
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Expectation, Form};

    fn form() -> Form {
        Form::compile(&json!({
            "type": "object",
            "additionalProperties": false,
            "required": ["name", "birth_date"],
            "properties": {
                "name": {"type": "string", "minLength": 1, "maxLength": 5},
                "birth_date": {"type": "string", "format": "date"},
                "citizen_number": {"type": "string", "format": "citizen-number"},
                "copies": {"type": "integer", "minimum": 1, "maximum": 20},
                "gender": {"enum": ["MALE", "FEMALE"]},
                "others": {"type": "array", "items": {"type": "object", "required": ["a/b"]}},
            },
        }))
        .expect("a schema")
    }

    fn findings(answers: &Value, expectation: Expectation) -> Vec<(String, &'static str)> {
        form().check(answers, expectation).into_iter().map(|finding| (finding.pointer, finding.code)).collect()
    }

    #[test]
    fn a_draft_may_be_incomplete() {
        assert_eq!(findings(&json!({}), Expectation::Draft), []);
        assert_eq!(findings(&json!({"others": [{}]}), Expectation::Draft), []);
    }

    #[test]
    fn complete_answers_lack_nothing_that_is_required() {
        let expected = [("/name".into(), "required"), ("/birth_date".into(), "required")];
        assert_eq!(findings(&json!({}), Expectation::Complete), expected);
        let complete = json!({"name": "An", "birth_date": "2026-07-01", "others": [{}]});
        assert_eq!(findings(&complete, Expectation::Complete), [("/others/0/a~1b".into(), "required")]);
    }

    #[test]
    fn a_draft_is_never_wrong() {
        for (answers, pointer, code) in [
            (json!({"name": ""}), "/name", "minLength"),
            (json!({"name": "Nguyễn"}), "/name", "maxLength"),
            (json!({"name": 7}), "/name", "type"),
            (json!({"birth_date": "2026-02-30"}), "/birth_date", "format"),
            (json!({"citizen_number": "00019901234"}), "/citizen_number", "format"),
            (json!({"copies": 0}), "/copies", "minimum"),
            (json!({"copies": 21}), "/copies", "maximum"),
            (json!({"copies": 1.5}), "/copies", "type"),
            (json!({"gender": "OTHER"}), "/gender", "enum"),
            (json!({"fee_waived": true}), "/fee_waived", "additionalProperties"),
            (json!({"name": "A\u{0}"}), "/name", "control-character"),
        ] {
            assert_eq!(findings(&answers, Expectation::Draft), [(pointer.into(), code)], "{answers}");
        }
    }

    #[test]
    fn the_sentences_are_ours_in_both_languages_and_never_quote_the_answer() {
        let found = form().check(&json!({"copies": 9999, "name": "bí mật"}), Expectation::Draft);
        let texts: Vec<_> = found.iter().map(|finding| (finding.text.vi.as_str(), finding.text.en.as_str())).collect();
        assert_eq!(
            texts,
            [
                ("Không được vượt quá 20.", "This must be 20 or less."),
                ("Không được quá 5 ký tự.", "No more than 5 characters are taken."),
            ]
        );
    }

    #[test]
    fn a_form_cannot_reach_out_look_around_or_use_a_format_that_is_not_checked() {
        for schema in [
            json!({"$ref": "https://example.com/schema.json"}),
            json!({"properties": {"a": {"pattern": "(?=a)a"}}}),
            json!({"properties": {"a": {"format": "no-such-format"}}}),
        ] {
            assert!(Form::compile(&schema).is_err(), "{schema}");
        }
    }
}
