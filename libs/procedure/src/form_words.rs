//! What a form's refusals say to the person who fills it, by the keyword of JSON Schema that failed.

use civic::{LocalText, TextKind};
use jsonschema::{
    JsonType,
    error::{TypeKind, ValidationErrorKind as Kind},
};
use serde_json::Value;

/// What a form asks for at a place.
pub(super) struct Asked<'a>(Option<&'a Value>);

impl<'a> Asked<'a> {
    /// What `schema` asks for at a JSON Pointer into the answers.
    pub fn at(schema: &'a Value, pointer: &str) -> Self {
        let steps = pointer.split('/').skip(1).map(|step| step.replace("~1", "/").replace("~0", "~"));
        let below = |schema: &'a Value, step: String| {
            let member = schema.get("properties").and_then(|properties| properties.get(&step));
            member.or_else(|| schema.get("items"))
        };
        Self(steps.into_iter().try_fold(schema, below))
    }

    /// What its author gives as an example, as people write it.
    fn example(&self) -> Option<String> {
        let example = self.0?.pointer("/examples/0")?;
        Some(example.as_str().map_or_else(|| example.to_string(), str::to_owned))
    }

    /// The sentence of the field itself, which an answer of another type gets as well: what a number is told that stands where a date is asked.
    fn own_sentence(&self) -> Option<LocalText> {
        let asked = self.0?;
        match asked.get("format").and_then(Value::as_str) {
            Some(format) => Some(format_sentence(format, self.example().as_deref())),
            None if asked.get("enum").is_some() => Some(of_the_list()),
            None if asked.get("const").is_some() => Some(confirmed()),
            None if asked.get("pattern").is_some() => Some(as_in(self.example().as_deref())),
            None => None,
        }
    }
}

/// The failing keyword, and a sentence about it: what to do, with the author's example where there is one.
pub(super) fn sentence(kind: &Kind, asked: &Asked<'_>) -> (&'static str, LocalText) {
    use Kind as K;
    let example = || asked.example();
    match kind {
        K::Required { .. } => ("required", LocalText::new("Chưa điền mục này.", "This is required.")),
        K::Type { kind } => ("type", asked.own_sentence().unwrap_or_else(|| type_sentence(kind, example().as_deref()))),
        K::Enum { .. } => ("enum", of_the_list()),
        K::Constant { .. } => ("const", confirmed()),
        K::Pattern { .. } => ("pattern", as_in(example().as_deref())),
        K::Format { format } => ("format", format_sentence(format, example().as_deref())),
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

fn of_the_list() -> LocalText {
    LocalText::new("Hãy chọn một mục trong danh sách.", "Choose a value of the list.")
}

fn confirmed() -> LocalText {
    LocalText::new("Cần đánh dấu mục này.", "This must be confirmed.")
}

fn type_sentence(kind: &TypeKind, example: Option<&str>) -> LocalText {
    let like = |usual: &'static str| example.unwrap_or(usual).to_owned();
    match kind {
        TypeKind::Single(JsonType::Integer) => {
            let like = like("2");
            LocalText::new(format!("Nhập một số nguyên, ví dụ {like}."), format!("Enter a whole number, like {like}."))
        }
        TypeKind::Single(JsonType::Number) => {
            let like = like("2.5");
            LocalText::new(format!("Nhập một số, ví dụ {like}."), format!("Enter a number, like {like}."))
        }
        TypeKind::Single(JsonType::Boolean) => {
            LocalText::new("Trả lời có hoặc không.", "Answer yes or no (true or false).")
        }
        TypeKind::Single(JsonType::String) => {
            let like = like("An");
            LocalText::new(format!("Nhập bằng chữ, ví dụ “{like}”."), format!("Enter a text, like “{like}”."))
        }
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
