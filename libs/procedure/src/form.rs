//! A procedure's form: what answers it takes, by JSON Schema 2020-12.

use civic::{LocalText, PartialDate, TextKind};
use jsonschema::{Draft, PatternOptions, ValidationError, Validator, error::ValidationErrorKind};
use serde_json::Value;

use crate::form_words::{Asked, sentence};

/// Beyond this many findings nobody reads on.
const MOST: usize = 100;

/// A form, compiled.
#[derive(Debug)]
pub struct Form {
    validator: Validator,
    /// As it is written.
    schema: Value,
}

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
    /// formats there are the kinds of texts of `civic` (`citizen-number`, `phone` …) and `partial-date`; the year of a `date` has
    /// four digits. A format that nobody knows is refused.
    ///
    /// # Errors
    /// What is wrong with the schema, in English, for its author.
    pub fn compile(schema: &Value) -> Result<Self, String> {
        let options = jsonschema::options()
            .with_draft(Draft::Draft202012)
            .with_pattern_options(PatternOptions::regex())
            .should_validate_formats(true)
            .should_ignore_unknown_formats(false)
            .with_format("date", |text: &str| text.parse::<PartialDate>().is_ok_and(|date| date.full().is_some()))
            .with_format("partial-date", |text: &str| text.parse::<PartialDate>().is_ok());
        let known = TextKind::ALL.iter();
        let options = known
            .fold(options, |all, kind| all.with_format(kind.name, move |text: &str| (kind.canonical)(text).is_some()));
        let validator = options.offline().build(schema).map_err(|why| why.to_string())?;
        Ok(Self { validator, schema: schema.clone() })
    }

    /// What is wrong with `answers`; nothing when they are as expected.
    pub fn check(&self, answers: &Value, expectation: Expectation) -> Vec<Finding> {
        let mut findings = Vec::new();
        forbid_control_characters(answers, &mut String::new(), &mut findings);
        for error in self.validator.iter_errors(answers) {
            let excused = expectation == Expectation::Draft && is_missing(&error);
            if !excused && findings.len() < MOST {
                findings.extend(self.found(&error));
            }
        }
        findings
    }

    /// One finding, or one for each of the properties that an error is about.
    fn found(&self, error: &ValidationError<'_>) -> Vec<Finding> {
        let at = error.instance_path().as_str();
        let (code, text) = sentence(error.kind(), &Asked::at(&self.schema, at));
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
}

fn is_missing(error: &ValidationError<'_>) -> bool {
    matches!(error.kind(), ValidationErrorKind::Required { .. })
}

/// One more step of a JSON Pointer (RFC 6901).
pub(crate) fn below(pointer: &str, name: &str) -> String {
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
                "known": {"type": "string", "format": "partial-date"},
                "plate": {"type": "string", "pattern": "^[0-9]{2}[A-Z]-[0-9]{5}$", "examples": ["19A-01234"]},
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
            (json!({"birth_date": "1950"}), "/birth_date", "format"),
            (json!({"birth_date": "0092-03-08"}), "/birth_date", "format"),
            (json!({"known": "50"}), "/known", "format"),
            (json!({"plate": "19A 01234"}), "/plate", "pattern"),
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
    fn every_refusal_says_what_to_do_and_none_names_a_format_a_type_or_a_pattern() {
        let told = |answers: Value| form().check(&answers, Expectation::Draft).remove(0).text;
        let number = told(json!({"copies": "tám"}));
        assert_eq!((&*number.vi, &*number.en), ("Nhập một số nguyên, ví dụ 2.", "Enter a whole number, like 2."));
        let plate = told(json!({"plate": "x"}));
        assert_eq!(plate.vi, "Cách viết chưa đúng. Hãy viết như ví dụ: 19A-01234.");
        assert_eq!(plate.en, "This is not written as it should be. Write it like 19A-01234.");
        let date = told(json!({"birth_date": "tám"}));
        assert_eq!(date.vi, "Nhập một ngày có thật, năm đủ bốn chữ số, ví dụ 1990-12-31.");
        let known = told(json!({"known": "tám"}));
        assert_eq!(
            known.en,
            "Enter the year, the month or the day, as far as it is known, like 1950, 1950-03 or 1950-03-12."
        );
        assert_eq!(told(json!({"name": ""})).vi, "Chưa điền mục này.");
        assert_eq!(told(json!({"citizen_number": "1"})), civic::CitizenNumber::KIND.sentence());
    }

    #[test]
    fn what_is_of_another_type_is_told_in_the_fields_own_words() {
        let form = Form::compile(&json!({"properties": {
            "birth_date": {"type": "string", "format": "date"},
            "known": {"type": ["string", "null"], "format": "partial-date"},
            "citizen_number": {"type": "string", "format": "citizen-number"},
            "plate": {"type": "string", "pattern": "^[0-9]{2}[A-Z]-[0-9]{5}$", "examples": ["19A-01234"]},
            "gender": {"type": "string", "enum": ["MALE", "FEMALE"]},
            "truthful": {"type": "boolean", "const": true},
            "copies": {"type": "integer", "examples": [3]},
            "street": {"type": "string", "examples": ["Hùng Vương"]},
            "phones": {"type": "array", "items": {"type": "string", "format": "phone"}},
        }}))
        .expect("a schema");
        let told = |answers: Value| form.check(&answers, Expectation::Draft).remove(0).text.vi;
        let right = |good: Value, name: &str| {
            let findings = form.check(&json!({name: good}), Expectation::Draft);
            findings.into_iter().next().expect("a finding").text.vi
        };
        for other in [json!(19901231), json!(true), json!(["1990-12-31"]), json!({"day": 31}), json!(null)] {
            assert_eq!(told(json!({"birth_date": other})), right(json!("tám"), "birth_date"), "{other}");
        }
        for (name, other, wrong) in [
            ("known", json!(1950), json!("tám")),
            ("citizen_number", json!(1_199_000_123_u64), json!("1")),
            ("plate", json!(7), json!("x")),
            ("gender", json!(1), json!("OTHER")),
            ("truthful", json!("yes"), json!(false)),
        ] {
            assert_eq!(told(json!({name: other})), right(wrong, name), "{name}");
        }
        assert_eq!(told(json!({"phones": [912_345_678]})), civic::Phone::KIND.sentence().vi);
        assert_eq!(told(json!({"copies": "ba"})), "Nhập một số nguyên, ví dụ 3.");
        assert_eq!(told(json!({"street": 7})), "Nhập bằng chữ, ví dụ “Hùng Vương”.");
    }

    #[test]
    fn what_is_known_of_a_date_is_a_year_a_month_or_a_day() {
        for known in ["1950", "1950-03", "1950-03-12"] {
            assert_eq!(findings(&json!({"known": known}), Expectation::Draft), [], "{known}");
        }
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
