//! Amounts as people type them.

use civic::Vnd;

/// What stands between thousands, one kind in one amount.
const SEPARATORS: [char; 4] = ['.', ',', ' ', '\u{a0}'];

/// An amount in đồng: `150000`, `150.000`, `150,000 đ`. Nothing when it is none: đồng have no decimals and no sign.
pub(crate) fn dong(typed: &str) -> Option<Vnd> {
    let typed = typed.trim().trim_end_matches(['đ', '₫']).trim_end();
    let separator = typed.chars().find(|letter| SEPARATORS.contains(letter));
    let groups: Vec<&str> = separator.map_or_else(|| vec![typed], |separator| typed.split(separator).collect());
    let (first, thousands) = groups.split_first()?;
    let grouped = thousands.is_empty() || (1..=3).contains(&first.len());
    if !grouped || thousands.iter().any(|group| group.len() != 3) {
        return None;
    }
    let digits = groups.concat();
    let is_number = !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit());
    is_number.then(|| digits.parse().ok()).flatten().and_then(|dong| Vnd::new(dong).ok())
}

#[cfg(test)]
mod tests {
    use super::dong;

    #[test]
    fn an_amount_is_read_as_people_write_it() {
        for typed in ["150000", "150.000", "150,000 đ", "150 000 ₫", " 150000 "] {
            assert_eq!(dong(typed).map(civic::Vnd::dong), Some(150_000), "{typed}");
        }
        assert_eq!(dong("1.234.567").map(civic::Vnd::dong), Some(1_234_567));
    }

    #[test]
    fn what_is_no_amount_is_not_made_one() {
        for typed in [
            "",
            "đ",
            "-1",
            "-5",
            "1e5",
            "5e2",
            "2-3",
            "100.5",
            "10,000.5",
            "1.2.3.4",
            "1000.000",
            "một trăm",
            "99999999999999",
        ] {
            assert_eq!(dong(typed), None, "{typed}");
        }
    }
}
