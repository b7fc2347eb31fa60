//! Texts of a path, a query or a form, decoded strictly.

use std::borrow::Cow;

use edge::{Problem, kinds};

/// A name and its value.
pub(crate) type Pair<'a> = (Cow<'a, str>, Cow<'a, str>);

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
    use super::{decode, pairs};

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
