//! JSON, read so that no two programs can read it differently: no name twice, no NUL, no bottomless nesting.

use std::fmt;

use civic::LocalText;
use edge::{Problem, kinds};
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

/// Deeper than any form is.
const MOST_DEPTH: usize = 64;
/// Why we stop reading what the parser would take.
const TOO_DEEP: &str = "too deep";
const NO_NUMBER: &str = "not a number";
const NUL: &str = "NUL";
const TWICE: &str = "a name twice";
/// What some programs write before any text (U+FEFF).
const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// Reads one JSON text (RFC 8259).
///
/// # Errors
/// 400 saying why reading stopped, at which line and column.
pub(crate) fn read(bytes: &[u8]) -> Result<Value, Problem> {
    parse(bytes).map_err(|why| malformed(bytes, &why))
}

fn parse(bytes: &[u8]) -> serde_json::Result<Value> {
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let value = Strict { depth: 0 }.deserialize(&mut reader)?;
    reader.end().map(|()| value)
}

fn malformed(bytes: &[u8], why: &serde_json::Error) -> Problem {
    let (line, column) = (why.line(), why.column());
    let LocalText { vi, en } = reason(bytes, why);
    let (vi, en) = (format!("{vi} (dòng {line}, cột {column})."), format!("{en} (line {line}, column {column})."));
    Problem::from(kinds::MALFORMED).field("", "json", LocalText { vi, en })
}

/// What is wrong and what to write instead.
fn reason(bytes: &[u8], why: &serde_json::Error) -> LocalText {
    let message = why.to_string();
    let says = |words: &[&str]| words.iter().any(|word| message.contains(word));
    if bytes.starts_with(BYTE_ORDER_MARK) {
        LocalText::new(
            "Có dấu thứ tự byte (BOM) ở đầu; hãy gửi UTF-8 không có BOM",
            "There is a byte order mark (BOM) at the beginning; send UTF-8 without it",
        )
    } else if says(&[TWICE]) {
        LocalText::new(
            "Một tên có hai lần trong cùng một đối tượng; mỗi tên chỉ ghi một lần, ví dụ {\"a\": 1, \"b\": 2}",
            "A name stands twice in one object; write each name once, like {\"a\": 1, \"b\": 2}",
        )
    } else if says(&[TOO_DEEP]) {
        LocalText::new(
            format!("JSON lồng quá sâu; nhiều nhất {MOST_DEPTH} cấp"),
            format!("The JSON is nested too deep; at most {MOST_DEPTH} levels are taken"),
        )
    } else if says(&[NUL]) {
        LocalText::new(
            "Có ký tự không nhập được (U+0000); hãy xóa và gõ lại",
            "There is a character that cannot be typed (U+0000); delete it and type again",
        )
    } else if says(&[NO_NUMBER, "out of range"]) || is_no_number(bytes, why) {
        LocalText::new(
            "Số phải hữu hạn và viết bằng chữ số, ví dụ 1.5; không nhận NaN, Infinity hay số quá lớn",
            "A number must be finite and written in digits, like 1.5; NaN, Infinity and what is too large are not taken",
        )
    } else if says(&["unicode", "surrogate", "hex escape"]) {
        LocalText::new(
            "Có ký tự viết sai mã; hãy gửi văn bản UTF-8, ví dụ \"Hồ sơ\"",
            "A character is not encoded as it should be; send UTF-8, like \"Hồ sơ\"",
        )
    } else {
        LocalText::new(
            "Không đọc được JSON; ví dụ JSON đúng: {\"name\": \"An\"}",
            "The JSON cannot be read; JSON looks like {\"name\": \"An\"}",
        )
    }
}

/// Whether reading stopped at a word that some programs write for what is no number.
fn is_no_number(bytes: &[u8], why: &serde_json::Error) -> bool {
    let line = bytes.split(|byte| *byte == b'\n').nth(why.line().saturating_sub(1)).unwrap_or_default();
    let from = line.get(why.column().saturating_sub(2)..).unwrap_or_default();
    ["NaN", "Infinity"].iter().any(|word| from.windows(word.len()).take(4).any(|it| it == word.as_bytes()))
}

#[derive(Clone, Copy)]
struct Strict {
    depth: usize,
}

impl Strict {
    fn deeper<E: Error>(self) -> Result<Self, E> {
        if self.depth == MOST_DEPTH { Err(E::custom(TOO_DEEP)) } else { Ok(Self { depth: self.depth + 1 }) }
    }
}

impl<'de> DeserializeSeed<'de> for Strict {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, source: D) -> Result<Value, D::Error> {
        source.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Strict {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        Number::from_f64(value).map(Value::Number).ok_or_else(|| E::custom(NO_NUMBER))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Value, E> {
        self.visit_string(text.to_owned())
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Value, E> {
        if text.contains('\0') { Err(E::custom(NUL)) } else { Ok(Value::String(text)) }
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let inner = self.deeper()?;
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(inner)? {
            list.push(item);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Value, A::Error> {
        let inner = self.deeper()?;
        let mut object = Map::new();
        while let Some(name) = fields.next_key::<String>()? {
            if name.contains('\0') {
                return Err(A::Error::custom(NUL));
            }
            let value = fields.next_value_seed(inner)?;
            if object.insert(name, value).is_some() {
                return Err(A::Error::custom(TWICE));
            }
        }
        Ok(Value::Object(object))
    }
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn json_is_read_as_it_is() {
        let text = r#"{"a": [1, -2, 3.5, "x", null, true], "b": {"a": {}}}"#;
        assert_eq!(read(text.as_bytes()).ok(), serde_json::from_str(text).ok());
    }

    #[test]
    fn what_programs_read_differently_is_refused() {
        for text in [
            r#"{"a": 1, "a": 2}"#,
            r#"{"a": {"b": 1, "b": 1}}"#,
            r#""\u0000""#,
            r#"{"\u0000": 1}"#,
            r#""\ud800""#,
            "NaN",
            "1e999",
            "-Infinity",
            "[1,]",
            "{} {}",
            "",
            "\u{feff}{}",
            "{'a': 1}",
            "// c\n1",
            "01",
        ] {
            assert!(read(text.as_bytes()).is_err(), "{text}");
        }
        assert!(read(b"\"\xff\"").is_err());
        assert!(read("{}".encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<_>>().as_slice()).is_err());
    }

    #[test]
    fn each_reason_has_a_sentence_of_its_own() {
        let deep = format!("{}{}", "[".repeat(65), "]".repeat(65));
        let told = |text: &str| super::reason(text.as_bytes(), &super::parse(text.as_bytes()).expect_err(text)).en;
        for (text, reason) in [
            (r#"{"a": 1, "a": 2}"#, "A name stands twice"),
            ("\u{feff}{}", "There is a byte order mark"),
            (&*deep, "The JSON is nested too deep; at most 64"),
            (r#"{"a": "\u0000"}"#, "There is a character that cannot be typed"),
            ("NaN", "A number must be finite"),
            ("{\"a\": [1,\n NaN]}", "A number must be finite"),
            ("[-Infinity]", "A number must be finite"),
            ("{\"a\": Infinity}", "A number must be finite"),
            ("1e999", "A number must be finite"),
            (r#""\ud800""#, "A character is not encoded"),
            ("{'a': 1}", "The JSON cannot be read; JSON looks like"),
            ("{", "The JSON cannot be read; JSON looks like"),
        ] {
            assert!(told(text).starts_with(reason), "{text}: {}", told(text));
        }
    }

    #[test]
    fn nesting_ends_at_64() {
        let nested = |depth: usize| [vec![b'['; depth], vec![b']'; depth]].concat();
        assert!(read(&nested(64)).is_ok());
        assert!(read(&nested(65)).is_err());
        assert!(read(&nested(10_000)).is_err());
        assert!(read("[".repeat(100_000).as_bytes()).is_err());
        assert!(read(r#"{"a":"#.repeat(10_000).as_bytes()).is_err());
    }
}
