//! What a version says, as it is sent: all of it can be read, or nothing is kept.

use civic::LocalText;
use edge::{Problem, kinds};
use procedure::Procedure;
use serde_json::{Value, json};
use utoipa::{
    PartialSchema,
    openapi::{RefOr, Schema},
};

/// A version as an example of the documents that are sent.
pub fn example() -> Value {
    json!({
        "code": "1.009999",
        "name": {"vi": "Cấp giấy phép treo biển", "en": "Permit to put up a sign"},
        "field": {"code": "xay-dung", "name": {"vi": "Xây dựng", "en": "Construction"}},
        "life_events": [],
        "levels": ["COMMUNE"],
        "effective_from": "2026-08-01",
        "description": {"vi": "Cho phép treo một biển.", "en": "Allows one sign to be put up."},
        "steps": [{"vi": "Nộp hồ sơ.", "en": "File the dossier."}],
        "components": [],
        "time_limit": {"unit": "working_days", "days": 3},
        "fee_rules": [],
        "result": {"name": {"vi": "Giấy phép", "en": "Permit"}},
        "legal_basis": [{"vi": "Luật Xây dựng", "en": "Construction Law"}],
        "form": {"type": "object", "additionalProperties": false, "required": ["place"], "properties": {
            "place": {"type": "string", "minLength": 1, "maxLength": 200}
        }},
        "ui": {
            "pages": [{"title": {"vi": "Biển", "en": "The sign"}, "fields": ["place"]}],
            "fields": {"place": {"label": {"vi": "Nơi treo", "en": "Where it hangs"}, "widget": "TEXT"}}
        }
    })
}

/// What is wrong in a document: where, a stable code, a sentence.
pub type Mistake = (String, &'static str, LocalText);

/// Reads a version.
///
/// # Errors
/// What cannot be read, by its place, and what would be lost.
pub fn read(document: Value) -> Result<Procedure, Problem> {
    let unkept = unkept(&document, "");
    if unkept.is_empty() {
        return edge::read_value(document);
    }
    let refused = Problem::from(kinds::INVALID);
    Err(unkept.into_iter().fold(refused, |problem, (pointer, code, text)| problem.field(pointer, code, text)))
}

/// What of a document that stands at `pointer` would be lost: members that a version does not have, characters that nothing keeps.
pub fn unkept(document: &Value, pointer: &str) -> Vec<Mistake> {
    let mut letters = Vec::new();
    unkeepable(document, pointer, &mut letters);
    let unknown = unknown(document).into_iter().map(|name| {
        let (vi, en) = (
            "Không có mục này; hãy bỏ đi hoặc xem lại tên.",
            "There is no such member; leave it out, or look at its name.",
        );
        (below(pointer, &name), "unknown", LocalText::new(vi, en))
    });
    let letters = letters.into_iter().map(|pointer| {
        let (vi, en) = ("Có ký tự không nhập được.", "There are characters that cannot be typed.");
        (pointer, "control-character", LocalText::new(vi, en))
    });
    unknown.chain(letters).collect()
}

/// The members of a document that a version does not have. What is below them refuses such by itself.
fn unknown(document: &Value) -> Vec<String> {
    let RefOr::T(Schema::Object(known)) = Procedure::schema() else { return Vec::new() };
    let members = document.as_object().into_iter().flatten().map(|(name, _)| name);
    members.filter(|name| !known.properties.contains_key(*name)).cloned().collect()
}

/// Texts with a character that no database keeps.
fn unkeepable(value: &Value, pointer: &str, found: &mut Vec<String>) {
    match value {
        Value::String(text) if text.contains('\0') => found.push(pointer.to_owned()),
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(place, item)| unkeepable(item, &format!("{pointer}/{place}"), found));
        }
        Value::Object(members) => {
            for (name, member) in members {
                if name.contains('\0') {
                    found.push(pointer.to_owned());
                }
                unkeepable(member, &below(pointer, name), found);
            }
        }
        _ => {}
    }
}

/// One more step of a JSON Pointer (RFC 6901).
fn below(pointer: &str, name: &str) -> String {
    format!("{pointer}/{}", name.replace('~', "~0").replace('/', "~1"))
}
