//! Vietnamese phone numbers.

use crate::typed;

text! {
    /// A Vietnamese mobile or landline number, kept in E.164 (`+84912345678`). Read as people write it (ITU-T E.123): with `+84`,
    /// `0084`, `84` or `0` in front, `(0)` behind the country, and blanks, dots, dashes or brackets between the digits.
    personal Phone,
    canonical: canonical,
    kind: "phone",
    expected: "a Vietnamese phone number",
    sentence: (
        "Nhập số điện thoại Việt Nam, ví dụ 0912 345 678.",
        "Enter a Vietnamese phone number, like 0912 345 678."
    ),
    max_length: 60,
    example: "+84912345678",
}

fn canonical(text: &str) -> Option<String> {
    let compact = typed::number(text);
    let abroad = ["+84", "0084", "84"].into_iter().find_map(|prefix| compact.strip_prefix(prefix));
    // Behind the country the 0 is for who calls at home: `+84 (0)912 345 678`.
    let national = match abroad {
        Some(rest) => rest.strip_prefix('0').unwrap_or(rest),
        None => compact.strip_prefix('0')?,
    };
    let accepted = national.bytes().all(|byte| byte.is_ascii_digit())
        && match national.as_bytes().first()? {
            b'3' | b'5' | b'7' | b'8' | b'9' => national.len() == 9,
            // an area code of 2 or 3 digits and a subscriber number of 7 or 8
            b'2' => (9..=11).contains(&national.len()),
            _ => false,
        };
    accepted.then(|| format!("+84{national}"))
}
