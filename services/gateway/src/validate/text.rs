//! Texts of a path, a query or a form: decoded strictly, and taken for the type that the schema asks for.

use std::borrow::Cow;

use edge::{Problem, kinds};
use serde_json::{Number, Value};

/// A name and its value.
pub(crate) type Pair<'a> = (Cow<'a, str>, Cow<'a, str>);

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

/// The pairs of a query or a form (`application/x-www-form-urlencoded`).
///
/// # Errors
/// 400 when a text is not UTF-8 or holds NUL, which no database takes.
pub(crate) fn pairs(text: &str) -> Result<Vec<Pair<'_>>, Problem> {
    let parts = text.split('&').filter(|part| !part.is_empty());
    parts
        .map(|part| {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            Ok((decode(name, true)?, decode(value, true)?))
        })
        .collect()
}

/// Decodes `%41`, and `+` as a space where forms write it so. Anything after `%` that is not two digits stays as it is.
///
/// # Errors
/// As [`pairs`].
pub(crate) fn decode(text: &str, form: bool) -> Result<Cow<'_, str>, Problem> {
    if !text.bytes().any(|byte| byte == b'%' || (form && byte == b'+')) {
        return without_nul(Cow::Borrowed(text));
    }
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let hex = |offset: usize| bytes.get(at + offset).and_then(|digit| char::from(*digit).to_digit(16));
        match (byte, hex(1), hex(2)) {
            (b'%', Some(high), Some(low)) => {
                // Two hexadecimal digits are at most 255.
                decoded.push((high * 16 + low) as u8);
                at += 2;
            }
            (b'+', ..) if form => decoded.push(b' '),
            _ => decoded.push(*byte),
        }
        at += 1;
    }
    without_nul(Cow::Owned(String::from_utf8(decoded).map_err(|_| kinds::MALFORMED)?))
}

fn without_nul(text: Cow<'_, str>) -> Result<Cow<'_, str>, Problem> {
    if text.contains('\0') { Err(kinds::MALFORMED.into()) } else { Ok(text) }
}

#[cfg(test)]
mod tests {
    use super::{Types, decode, pairs};

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

    #[test]
    fn percent_encoding_is_undone_and_what_is_no_text_is_refused() {
        assert_eq!(decode("H%E1%BB%93+s%C6%A1", true).ok().as_deref(), Some("Hồ sơ"));
        assert_eq!(decode("a+b", false).ok().as_deref(), Some("a+b"));
        assert_eq!(decode("100%", true).ok().as_deref(), Some("100%"));
        assert_eq!(decode("%zz%4", true).ok().as_deref(), Some("%zz%4"));
        assert!(decode("%ff", true).is_err());
        assert!(decode("a%00b", true).is_err());
        assert!(decode("a\0b", true).is_err());
    }

    #[test]
    fn a_query_is_its_pairs_in_order() {
        let pairs = pairs("a=1&&b&a=%32=").expect("a query");
        let pairs: Vec<_> = pairs.iter().map(|(name, value)| (&**name, &**value)).collect();
        assert_eq!(pairs, [("a", "1"), ("b", ""), ("a", "2=")]);
    }
}
