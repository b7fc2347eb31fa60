//! What each failed keyword of a schema means, for the person who fills the field.

use civic::LocalText;
use jsonschema::error::ValidationErrorKind as Kind;

pub(super) fn required() -> LocalText {
    say("Bắt buộc phải có.", "It is required.")
}

pub(super) fn unknown() -> LocalText {
    say("Không có mục này.", "There is no such field here.")
}

pub(super) fn repeated() -> LocalText {
    say("Chỉ được gửi một lần.", "It may be given only once.")
}

/// The keyword that failed, and a sentence. Values are not repeated: they may be a person's data.
pub(super) fn of(kind: &Kind) -> (&'static str, LocalText) {
    match kind {
        Kind::Type { .. } => ("type", say("Sai kiểu dữ liệu.", "It is of the wrong type.")),
        Kind::Enum { options } => one_of("enum", options.as_array().map_or(&[], Vec::as_slice)),
        Kind::Constant { expected_value } => one_of("const", std::slice::from_ref(expected_value)),
        Kind::Pattern { .. } => ("pattern", say("Không đúng mẫu quy định.", "It does not have the required form.")),
        Kind::Format { format } => ("format", told("Không đúng định dạng", "It is not a valid", format)),
        Kind::MinLength { limit } => ("minLength", least("ký tự", "characters", *limit)),
        Kind::MaxLength { limit } => ("maxLength", most("ký tự", "characters", *limit)),
        Kind::MinItems { limit } => ("minItems", least("mục", "items", *limit)),
        Kind::MaxItems { limit } => ("maxItems", most("mục", "items", *limit)),
        Kind::MinProperties { limit } => ("minProperties", least("trường", "fields", *limit)),
        Kind::MaxProperties { limit } => ("maxProperties", most("trường", "fields", *limit)),
        Kind::Minimum { limit } => ("minimum", told("Không được nhỏ hơn", "It may not be less than", limit)),
        Kind::Maximum { limit } => ("maximum", told("Không được lớn hơn", "It may not be more than", limit)),
        Kind::ExclusiveMinimum { limit } => ("exclusiveMinimum", told("Phải lớn hơn", "It must be more than", limit)),
        Kind::ExclusiveMaximum { limit } => ("exclusiveMaximum", told("Phải nhỏ hơn", "It must be less than", limit)),
        Kind::MultipleOf { multiple_of } => {
            ("multipleOf", told("Phải là bội số của", "It must be a multiple of", multiple_of))
        }
        Kind::UniqueItems => ("uniqueItems", say("Các mục không được trùng nhau.", "No two items may be the same.")),
        Kind::FalseSchema => ("additionalProperties", unknown()),
        Kind::AnyOf { .. } => ("anyOf", unfit()),
        Kind::OneOfMultipleValid { .. } | Kind::OneOfNotValid { .. } => ("oneOf", unfit()),
        Kind::PropertyNames { .. } => {
            ("propertyNames", say("Tên trường không hợp lệ.", "A field's name is not valid."))
        }
        _ => ("invalid", say("Giá trị không hợp lệ.", "It is not a valid value.")),
    }
}

fn one_of(code: &'static str, options: &[serde_json::Value]) -> (&'static str, LocalText) {
    let options = options.iter().map(|option| option.as_str().map_or_else(|| option.to_string(), str::to_owned));
    let options = options.collect::<Vec<_>>().join(", ");
    (code, told("Chỉ nhận", "It must be one of:", &options))
}

fn unfit() -> LocalText {
    say("Không khớp với dạng nào được nhận.", "It matches none of the accepted forms, or more than one.")
}

fn say(vi: &str, en: &str) -> LocalText {
    LocalText { vi: vi.into(), en: en.into() }
}

fn told(vi: &str, en: &str, what: impl std::fmt::Display) -> LocalText {
    LocalText { vi: format!("{vi} {what}."), en: format!("{en} {what}.") }
}

fn least(vi: &str, en: &str, limit: u64) -> LocalText {
    LocalText { vi: format!("Số {vi}: ít nhất {limit}."), en: format!("Number of {en}: at least {limit}.") }
}

fn most(vi: &str, en: &str, limit: u64) -> LocalText {
    LocalText { vi: format!("Số {vi}: nhiều nhất {limit}."), en: format!("Number of {en}: at most {limit}.") }
}
