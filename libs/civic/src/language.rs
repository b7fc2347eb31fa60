//! The two languages of Motcua, and texts kept in both.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

closed_list! {
    /// A language people are spoken to in.
    #[derive(Default)]
    pub enum Language: "a language, vi or en" {
        /// Vietnamese.
        #[default]
        Vi = "vi",
        /// English.
        En = "en",
    }
}

impl Language {
    /// The language an `Accept-Language` header prefers (RFC 9110 §12.5.4): the highest weight wins, the earlier of
    /// equals; a weight of 0 excludes. Vietnamese when nothing known is asked for.
    #[must_use]
    pub fn from_accept_language(header: &str) -> Self {
        let mut best = (0, Self::default());
        for range in header.split(',') {
            if let Some((weight, language)) = Self::weighted(range)
                && weight > best.0
            {
                best = (weight, language);
            }
        }
        best.1
    }

    /// One language range and its weight in thousandths; `*` stands for the default.
    fn weighted(range: &str) -> Option<(u16, Self)> {
        let mut parts = range.split(';').map(str::trim);
        let tag = parts.next()?;
        let primary = tag.split('-').next()?.to_ascii_lowercase();
        let language = match primary.as_str() {
            "*" => Self::default(),
            primary => primary.parse().ok()?,
        };
        let weight = match parts.next() {
            None => 1000,
            Some(parameter) => {
                let (name, value) = parameter.split_once('=')?;
                name.trim().eq_ignore_ascii_case("q").then(|| thousandths(value.trim()))??
            }
        };
        Some((weight, language))
    }
}

/// A weight of `0` to `1` with at most three decimals, in thousandths.
fn thousandths(weight: &str) -> Option<u16> {
    let (whole, decimals) = weight.split_once('.').unwrap_or((weight, ""));
    if decimals.len() > 3 || !decimals.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let decimals: u16 = format!("{decimals:0<3}").parse().ok()?;
    match whole {
        "0" => Some(decimals),
        "1" if decimals == 0 => Some(1000),
        _ => None,
    }
}

/// A text in Vietnamese and English.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct LocalText {
    /// The Vietnamese text, the authoritative one.
    #[schema(example = "Đăng ký khai sinh")]
    pub vi: String,
    /// The English text; may be empty where nobody has translated it yet.
    #[schema(example = "Birth registration")]
    pub en: String,
}

impl LocalText {
    /// A text in both languages.
    pub fn new(vi: impl Into<String>, en: impl Into<String>) -> Self {
        Self { vi: vi.into(), en: en.into() }
    }

    /// The text in `language`, or the Vietnamese one where the translation is missing.
    #[must_use]
    pub fn get(&self, language: Language) -> &str {
        match language {
            Language::En if !self.en.is_empty() => &self.en,
            _ => &self.vi,
        }
    }
}
