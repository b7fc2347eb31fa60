//! The list of what is wrong, in the order it was found.

use civic::LocalText;
use edge::{Problem, kinds};
use jsonschema::{
    JsonType, ValidationError, Validator,
    error::{TypeKind, ValidationErrorKind},
};
use serde_json::Value;

use super::words;

/// A longer list helps nobody and costs the one who must write it.
const MOST_FAULTS: usize = 20;

/// What is wrong with a request so far.
#[derive(Default)]
pub(crate) struct Faults(Vec<(String, &'static str, LocalText)>);

impl Faults {
    /// Something required is missing at `pointer`.
    pub fn required(&mut self, pointer: impl Into<String>) {
        self.add(pointer.into(), "required", words::required(None));
    }

    /// Something stands at `pointer` that the operation does not know.
    pub fn unknown(&mut self, pointer: impl Into<String>) {
        self.add(pointer.into(), "additionalProperties", words::unknown());
    }

    /// Something stands at `pointer` more than once.
    pub fn repeated(&mut self, pointer: impl Into<String>) {
        self.add(pointer.into(), "duplicate", words::repeated());
    }

    /// Checks `value` by its schema; `under` is the pointer of the value itself, `example` what the document gives as one.
    pub fn check(&mut self, under: &str, validator: &Validator, value: &Value, example: &Value) {
        // Answers yes without building errors: what nearly every request needs.
        if validator.is_valid(value) {
            return;
        }
        for error in validator.iter_errors(value).take(MOST_FAULTS) {
            self.failed(under, &error, example);
        }
    }

    fn failed(&mut self, under: &str, error: &ValidationError<'_>, example: &Value) {
        let pointer = format!("{under}{}", error.instance_path());
        let below = |name: &str| format!("{pointer}/{}", name.replace('~', "~0").replace('/', "~1"));
        match error.kind() {
            ValidationErrorKind::Required { property } => {
                let name = property.as_str().unwrap_or_default();
                let example = example.pointer(error.instance_path().as_str()).and_then(|whole| whole.get(name));
                self.add(below(name), "required", words::required(example));
            }
            ValidationErrorKind::AdditionalProperties { unexpected }
            | ValidationErrorKind::UnevaluatedProperties { unexpected } => {
                unexpected.iter().take(MOST_FAULTS).for_each(|name| self.unknown(below(name)));
            }
            ValidationErrorKind::OneOfNotValid { context } if the_one_there_may_be(context).is_some() => {
                let wrong = the_one_there_may_be(context).into_iter().flatten();
                wrong.for_each(|error| self.failed(under, error, example));
            }
            kind => {
                let whole = Some(example).filter(|example| !example.is_object());
                let example = example.pointer(error.instance_path().as_str()).or(whole);
                let (code, text) = words::of(kind, example);
                if words::is_the_fields_own(kind) {
                    self.0.retain(|(known, ..)| *known != pointer);
                }
                self.add(pointer, code, text);
            }
        }
    }

    /// One sentence for each place: the first that was found. What a field's own kind says stands before any limit of its length.
    fn add(&mut self, pointer: String, code: &'static str, text: LocalText) {
        if self.0.len() < MOST_FAULTS && !self.0.iter().any(|(known, ..)| *known == pointer) {
            self.0.push((pointer, code, text));
        }
    }

    /// Nothing is wrong, or a 400 that names everything.
    pub fn outcome(self) -> Result<(), Problem> {
        if self.0.is_empty() {
            return Ok(());
        }
        let problem = Problem::from(kinds::INVALID);
        Err(self.0.into_iter().fold(problem, |problem, (pointer, code, text)| problem.field(pointer, code, text)))
    }
}

/// What is wrong with what may be left out or null and is neither: by the schema that it has then, where there is one such schema.
fn the_one_there_may_be<'a>(branches: &'a [Vec<ValidationError<'static>>]) -> Option<&'a [ValidationError<'static>]> {
    let is_null = |branch: &&Vec<ValidationError<'_>>| {
        let wants_null = |error: &ValidationError<'_>| {
            matches!(error.kind(), ValidationErrorKind::Type { kind: TypeKind::Single(JsonType::Null) })
        };
        branch.iter().all(wants_null)
    };
    let (nulls, others): (Vec<_>, Vec<_>) = branches.iter().partition(is_null);
    match (nulls.as_slice(), others.as_slice()) {
        ([_], [one]) => Some(one.as_slice()),
        _ => None,
    }
}
