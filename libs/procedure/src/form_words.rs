//! What a form's refusals say to the person who fills it, by the keyword of JSON Schema that failed.

use civic::LocalText;
use jsonschema::error::ValidationErrorKind as Kind;

/// The failing keyword, and a sentence about it.
pub(super) fn sentence(kind: &Kind) -> (&'static str, LocalText) {
    use Kind as K;
    match kind {
        K::Required { .. } => ("required", LocalText::new("Chưa điền mục này.", "This is required.")),
        K::Type { .. } => ("type", LocalText::new("Giá trị không đúng kiểu.", "This is not the right type of value.")),
        K::Enum { .. } => {
            ("enum", LocalText::new("Hãy chọn một giá trị trong danh sách.", "Choose a value of the list."))
        }
        K::Constant { .. } => ("const", LocalText::new("Cần đánh dấu mục này.", "This must be confirmed.")),
        K::Pattern { .. } => ("pattern", LocalText::new("Không đúng định dạng.", "This is not in the right format.")),
        K::Format { format } => ("format", format_sentence(format)),
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
        _ => ("invalid", LocalText::new("Giá trị không hợp lệ.", "This is not valid.")),
    }
}

fn format_sentence(format: &str) -> LocalText {
    match format {
        "date" => LocalText::new(
            "Ngày không có thật hoặc không theo dạng năm-tháng-ngày.",
            "This is not a real date written as year-month-day.",
        ),
        "email" => LocalText::new("Địa chỉ thư điện tử không hợp lệ.", "This is not an e-mail address."),
        "citizen-number" => {
            LocalText::new("Số định danh cá nhân gồm 12 chữ số.", "A personal identification number has 12 digits.")
        }
        "phone" => LocalText::new("Số điện thoại Việt Nam không hợp lệ.", "This is not a Vietnamese phone number."),
        _ => LocalText::new("Không đúng định dạng.", "This is not in the right format."),
    }
}
