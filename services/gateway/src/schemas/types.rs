//! What a text may be taken for, by its schema.

use serde_json::{Number, Value};

/// The JSON types that a schema allows.
#[derive(Clone, Copy, Default)]
pub(crate) struct Types {
    integer: bool,
    number: bool,
    boolean: bool,
    array: bool,
    object: bool,
}

impl Types {
    /// Allows the type that JSON Schema calls `name`.
    pub fn allow(&mut self, name: &str) {
        match name {
            "integer" => self.integer = true,
            "number" => self.number = true,
            "boolean" => self.boolean = true,
            "array" => self.array = true,
            "object" => self.object = true,
            _ => {}
        }
    }

    /// Allows the type of `value`, which an `enum` or `const` names.
    pub fn allow_value(&mut self, value: &Value) {
        match value {
            Value::Number(_) => self.number = true,
            Value::Bool(_) => self.boolean = true,
            _ => {}
        }
    }

    /// Whether it is several values.
    pub fn is_list(self) -> bool {
        self.array
    }

    /// Whether it is names with values.
    pub fn is_object(self) -> bool {
        self.object
    }

    /// The value that `text` stands for. A text that is not of the type stays a text, which the schema then refuses.
    pub fn value(self, text: &str) -> Value {
        if (self.integer || self.number) && text.starts_with(|c: char| c == '-' || c.is_ascii_digit()) {
            if let Ok(number) = text.parse::<i64>() {
                return Value::from(number);
            }
            if self.number
                && let Some(number) = text.parse().ok().and_then(Number::from_f64)
            {
                return Value::Number(number);
            }
        }
        match text {
            "true" if self.boolean => Value::Bool(true),
            "false" if self.boolean => Value::Bool(false),
            _ => Value::from(text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Types;

    fn types(names: &[&str]) -> Types {
        let mut types = Types::default();
        names.iter().for_each(|name| types.allow(name));
        types
    }

    #[test]
    fn a_text_becomes_the_type_that_is_asked_for_or_stays_a_text() {
        assert_eq!(types(&["integer", "null"]).value("20"), 20);
        assert_eq!(types(&["integer"]).value("99999999999999999999"), "99999999999999999999");
        assert_eq!(types(&["integer"]).value("1.5"), "1.5");
        assert_eq!(types(&["integer"]).value(""), "");
        assert_eq!(types(&["number"]).value("1.5"), 1.5);
        assert_eq!(types(&["number"]).value("NaN"), "NaN");
        assert_eq!(types(&["number"]).value("1e999"), "1e999");
        assert_eq!(types(&["boolean"]).value("true"), true);
        assert_eq!(types(&["boolean"]).value("True"), "True");
        assert_eq!(types(&["string"]).value("20"), "20");
    }
}
