//! What each failed keyword of a schema means, for the person who fills the field: what is expected, with an example.

use civic::{LocalText, TextKind};
use jsonschema::{
    JsonType,
    error::{TypeKind, ValidationErrorKind as Kind},
};
use serde_json::Value;

pub(super) fn required(example: Option<&Value>) -> LocalText {
    like(say("Bắt buộc phải có.", "It is required."), example)
}

pub(super) fn unknown() -> LocalText {
    say(
        "Không có mục này; hãy bỏ đi hoặc xem lại tên.",
        "There is no such field here; leave it out, or look at its name.",
    )
}

pub(super) fn repeated() -> LocalText {
    say("Chỉ được gửi một lần.", "It may be given only once.")
}

/// What is said to a body of another type.
pub(super) fn media_types<'a>(taken: impl Iterator<Item = &'a str>) -> LocalText {
    let taken = taken.collect::<Vec<_>>().join(", ");
    LocalText {
        vi: format!("Loại nội dung được nhận (Content-Type, UTF-8): {taken}."),
        en: format!("Taken as Content-Type, in UTF-8: {taken}."),
    }
}

/// What is said to a compressed body.
pub(super) fn compressed() -> LocalText {
    say("Hãy gửi nội dung không nén, không có Content-Encoding.", "Send it uncompressed, without Content-Encoding.")
}

/// The keyword that failed, and a sentence. Values are not repeated: they may be a person's data.
pub(super) fn of(kind: &Kind, example: Option<&Value>) -> (&'static str, LocalText) {
    match kind {
        Kind::Type { kind } => ("type", like(of_type(kind), example)),
        Kind::Enum { options } => one_of("enum", options.as_array().map_or(&[], Vec::as_slice)),
        Kind::Constant { expected_value } => one_of("const", std::slice::from_ref(expected_value)),
        Kind::Pattern { .. } => ("pattern", as_documented(example)),
        Kind::Format { format } => ("format", of_format(format, example)),
        Kind::MinLength { limit: 1 } => {
            ("minLength", like(say("Không được để trống.", "It may not be empty."), example))
        }
        Kind::MinLength { limit } => ("minLength", like(least("ký tự", "characters", *limit), example)),
        // Without the number: before composition a text has up to four times as many characters as its reader counts.
        Kind::MaxLength { .. } => ("maxLength", say("Quá dài; hãy viết ngắn hơn.", "It is too long; write less.")),
        Kind::MinItems { limit } => ("minItems", least("mục", "items", *limit)),
        Kind::MaxItems { limit } => ("maxItems", most("mục", "items", *limit)),
        Kind::MinProperties { limit } => ("minProperties", least("trường", "fields", *limit)),
        Kind::MaxProperties { limit } => ("maxProperties", most("trường", "fields", *limit)),
        Kind::Minimum { limit } => ("minimum", told("Phải từ", "It must be at least", limit)),
        Kind::Maximum { limit } => ("maximum", told("Không được lớn hơn", "It may not be more than", limit)),
        Kind::ExclusiveMinimum { limit } => ("exclusiveMinimum", told("Phải lớn hơn", "It must be more than", limit)),
        Kind::ExclusiveMaximum { limit } => ("exclusiveMaximum", told("Phải nhỏ hơn", "It must be less than", limit)),
        Kind::MultipleOf { multiple_of } => {
            ("multipleOf", told("Phải là bội số của", "It must be a multiple of", multiple_of))
        }
        Kind::UniqueItems => ("uniqueItems", say("Các mục không được trùng nhau.", "No two items may be the same.")),
        Kind::FalseSchema => ("additionalProperties", unknown()),
        Kind::AnyOf { .. } => ("anyOf", as_documented(example)),
        Kind::OneOfMultipleValid { .. } | Kind::OneOfNotValid { .. } => ("oneOf", as_documented(example)),
        Kind::PropertyNames { .. } => (
            "propertyNames",
            say("Có tên trường không được nhận; xem tài liệu tại /docs.", "A field's name is not taken; see /docs."),
        ),
        _ => ("invalid", as_documented(example)),
    }
}

/// Whether the sentence is that of the text's own kind, which tells what is expected better than a limit does.
pub(super) fn is_the_fields_own(kind: &Kind) -> bool {
    matches!(kind, Kind::Format { format } if TextKind::named(format).is_some())
}

/// The type that it must be, with an example where the document has none.
fn of_type(kind: &TypeKind) -> LocalText {
    match kind {
        TypeKind::Single(JsonType::String) => {
            say("Phải là chuỗi trong dấu ngoặc kép.", "It must be a string, in quotes.")
        }
        TypeKind::Single(JsonType::Integer) => {
            say("Phải là số nguyên, không ở trong ngoặc kép.", "It must be a whole number, without quotes.")
        }
        TypeKind::Single(JsonType::Number) => {
            say("Phải là số, không ở trong ngoặc kép.", "It must be a number, without quotes.")
        }
        TypeKind::Single(JsonType::Boolean) => say("Phải là true hoặc false.", "It must be true or false."),
        TypeKind::Single(JsonType::Array) => say("Phải là danh sách, ví dụ [1, 2].", "It must be a list, like [1, 2]."),
        TypeKind::Single(JsonType::Object) => {
            say("Phải là đối tượng, ví dụ {\"a\": 1}.", "It must be an object, like {\"a\": 1}.")
        }
        TypeKind::Single(JsonType::Null) => say("Phải là null.", "It must be null."),
        TypeKind::Multiple(types) => {
            let types = types.iter().map(|one| one.to_string()).collect::<Vec<_>>().join(", ");
            told("Phải là một trong các kiểu", "It must be one of these types:", &types)
        }
    }
}

/// A text of a kind has the sentence of its kind; what is for programs is said to programs.
fn of_format(format: &str, example: Option<&Value>) -> LocalText {
    if let Some(kind) = TextKind::named(format) {
        return kind.sentence();
    }
    match format {
        "uuid" => say(
            "Phải là mã UUID, ví dụ 01980000-0000-7000-8000-000000000001.",
            "It must be a UUID, like 01980000-0000-7000-8000-000000000001.",
        ),
        "date" => say("Phải là ngày có thật, ví dụ 1990-12-31.", "It must be a real date, like 1990-12-31."),
        "date-time" => say(
            "Phải là thời điểm có thật, ví dụ 2026-07-21T02:00:00Z.",
            "It must be a real moment, like 2026-07-21T02:00:00Z.",
        ),
        _ => as_documented(example),
    }
}

fn as_documented(example: Option<&Value>) -> LocalText {
    match example.and_then(written) {
        Some(example) => told(
            "Cách viết chưa đúng, hãy viết như ví dụ",
            "It is not written as it should be; write it like",
            &example,
        ),
        None => say(
            "Cách viết chưa đúng, xem tài liệu tại /docs.",
            "It is not written as it should be; see the documentation at /docs.",
        ),
    }
}

fn one_of(code: &'static str, options: &[Value]) -> (&'static str, LocalText) {
    let options = options.iter().map(|option| option.as_str().map_or_else(|| option.to_string(), str::to_owned));
    let options = options.collect::<Vec<_>>().join(", ");
    (code, told("Chỉ nhận", "It must be one of:", &options))
}

/// A sentence with the document's example at its end.
fn like(LocalText { vi, en }: LocalText, example: Option<&Value>) -> LocalText {
    match example.and_then(written) {
        Some(example) => {
            let (vi, en) = (vi.trim_end_matches('.'), en.trim_end_matches('.'));
            LocalText { vi: format!("{vi}, ví dụ {example}."), en: format!("{en}, like {example}.") }
        }
        None => LocalText { vi, en },
    }
}

/// An example as it is said in a sentence.
fn written(example: &Value) -> Option<String> {
    match example {
        Value::String(text) => Some(text.clone()),
        Value::Number(_) | Value::Bool(_) => Some(example.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

fn say(vi: &str, en: &str) -> LocalText {
    LocalText { vi: vi.into(), en: en.into() }
}

fn told(vi: &str, en: &str, what: impl std::fmt::Display) -> LocalText {
    LocalText { vi: format!("{vi} {what}."), en: format!("{en} {what}.") }
}

fn least(vi: &str, en: &str, limit: u64) -> LocalText {
    LocalText { vi: format!("Cần ít nhất {limit} {vi}."), en: format!("At least {limit} {en} are needed.") }
}

fn most(vi: &str, en: &str, limit: u64) -> LocalText {
    LocalText { vi: format!("Tối đa {limit} {vi}."), en: format!("At most {limit} {en} are taken.") }
}
