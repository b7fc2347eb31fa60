//! Vietnamese phone numbers.

text! {
    /// A Vietnamese mobile or landline number, kept in E.164 (`+84912345678`). Read with `+84`, `84` or `0` in front and
    /// with spaces or dots between the digits.
    personal Phone,
    canonical: canonical,
    expected: "a Vietnamese phone number",
    pattern: r"^\+?[0-9][0-9 .]{8,22}$",
    max_length: 24,
    example: "+84912345678",
}

fn canonical(text: &str) -> Option<String> {
    let compact: String = text.chars().filter(|character| !matches!(character, ' ' | '.')).collect();
    let national =
        compact.strip_prefix("+84").or_else(|| compact.strip_prefix("84")).or_else(|| compact.strip_prefix('0'))?;
    let accepted = national.bytes().all(|byte| byte.is_ascii_digit())
        && match national.as_bytes().first()? {
            b'3' | b'5' | b'7' | b'8' | b'9' => national.len() == 9,
            // an area code of 2 or 3 digits and a subscriber number of 7 or 8
            b'2' => (9..=11).contains(&national.len()),
            _ => false,
        };
    accepted.then(|| format!("+84{national}"))
}
