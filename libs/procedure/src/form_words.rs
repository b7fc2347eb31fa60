//! What a form's refusals say to the person who fills it, by the keyword of JSON Schema that failed.

use civic::{LocalText, TextKind};
use jsonschema::{
    JsonType,
    error::{TypeKind, ValidationErrorKind as Kind},
};

/// The failing keyword, and a sentence about it: what to do, with the author's example where there is one.
pub(super) fn sentence(kind: &Kind, example: Option<&str>) -> (&'static str, LocalText) {
    use Kind as K;
    match kind {
        K::Required { .. } => ("required", LocalText::new("Chưa điền mục này.", "This is required.")),
        K::Type { kind } => ("type", type_sentence(kind)),
        K::Enum { .. } => ("enum", LocalText::new("Hãy chọn một mục trong danh sách.", "Choose a value of the list.")),
        K::Constant { .. } => ("const", LocalText::new("Cần đánh dấu mục này.", "This must be confirmed.")),
        K::Pattern { .. } => ("pattern", as_in(example)),
        K::Format { format } => ("format", format_sentence(format, example)),
        K::MinLength { limit: 1 } => ("minLength", LocalText::new("Chưa điền mục này.", "This is required.")),
        K::MinLength { limit } => (
            "minLength",
            LocalText::new(format!("Cần ít nhất {limit} ký tự."), format!("At least {limit} characters are needed.")),
        ),
        K::MaxLength { limit } => (
            "maxLength",
            LocalText::new(
                format!("Không được quá {limit} ký tự."),
                format!("No more than {limit} characters are taken."),
            ),
        ),
        K::Minimum { limit } => {
            ("minimum", LocalText::new(format!("Phải từ {limit} trở lên."), format!("This must be {limit} or more.")))
        }
        K::Maximum { limit } => (
            "maximum",
            LocalText::new(format!("Không được vượt quá {limit}."), format!("This must be {limit} or less.")),
        ),
        K::ExclusiveMinimum { limit } => (
            "exclusiveMinimum",
            LocalText::new(format!("Phải lớn hơn {limit}."), format!("This must be more than {limit}.")),
        ),
        K::ExclusiveMaximum { limit } => (
            "exclusiveMaximum",
            LocalText::new(format!("Phải nhỏ hơn {limit}."), format!("This must be less than {limit}.")),
        ),
        K::MultipleOf { .. } => {
            ("multipleOf", LocalText::new("Số lẻ không được chấp nhận.", "This number is too fine."))
        }
        K::MinItems { limit } => (
            "minItems",
            LocalText::new(format!("Cần ít nhất {limit} mục."), format!("At least {limit} entries are needed.")),
        ),
        K::MaxItems { limit } => (
            "maxItems",
            LocalText::new(format!("Không được quá {limit} mục."), format!("No more than {limit} entries are taken.")),
        ),
        K::UniqueItems => ("uniqueItems", LocalText::new("Có mục bị lặp lại.", "An entry is repeated.")),
        K::AdditionalProperties { .. } | K::UnevaluatedProperties { .. } => {
            ("additionalProperties", LocalText::new("Mẫu đơn không có mục này.", "The form does not ask for this."))
        }
        _ => ("invalid", LocalText::new("Nội dung này không điền được ở đây.", "This cannot be entered here.")),
    }
}

fn type_sentence(kind: &TypeKind) -> LocalText {
    match kind {
        TypeKind::Single(JsonType::Integer) => {
            LocalText::new("Nhập một số nguyên, ví dụ 2.", "Enter a whole number, like 2.")
        }
        TypeKind::Single(JsonType::Number) => LocalText::new("Nhập một số, ví dụ 2.5.", "Enter a number, like 2.5."),
        TypeKind::Single(JsonType::Boolean) => {
            LocalText::new("Trả lời có hoặc không.", "Answer yes or no (true or false).")
        }
        TypeKind::Single(JsonType::String) => LocalText::new("Nhập bằng chữ, ví dụ “An”.", "Enter a text, like “An”."),
        TypeKind::Single(JsonType::Array) => {
            LocalText::new("Cần một danh sách, ví dụ [\"An\"].", "This must be a list, like [\"An\"].")
        }
        TypeKind::Single(JsonType::Object) => LocalText::new(
            "Cần các mục có tên, ví dụ {\"name\": \"An\"}.",
            "These must be named members, like {\"name\": \"An\"}.",
        ),
        _ => LocalText::new("Nội dung này không điền được ở đây.", "This cannot be entered here."),
    }
}

fn format_sentence(format: &str, example: Option<&str>) -> LocalText {
    if let Some(kind) = TextKind::named(format) {
        return kind.sentence();
    }
    match format {
        "date" => LocalText::new(
            "Nhập một ngày có thật, năm đủ bốn chữ số, ví dụ 1990-12-31.",
            "Enter a real date with the four digits of its year, like 1990-12-31.",
        ),
        "partial-date" => LocalText::new(
            "Nhập năm, tháng hoặc ngày, biết đến đâu ghi đến đó, ví dụ 1950, 1950-03 hoặc 1950-03-12.",
            "Enter the year, the month or the day, as far as it is known, like 1950, 1950-03 or 1950-03-12.",
        ),
        _ => as_in(example),
    }
}

fn as_in(example: Option<&str>) -> LocalText {
    match example {
        Some(example) => LocalText::new(
            format!("Cách viết chưa đúng. Hãy viết như ví dụ: {example}."),
            format!("This is not written as it should be. Write it like {example}."),
        ),
        None => LocalText::new(
            "Cách viết chưa đúng. Hãy xem lại hướng dẫn ở mục này.",
            "This is not written as it should be. Read the hint of this field again.",
        ),
    }
}
