//! The text of an SMS: the GSM 7-bit alphabet (3GPP TS 23.038), at most two parts.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Two parts of 153 septets each; one part alone would hold 160.
const ROOM: usize = 2 * 153;
const ELLIPSIS: &str = "...";
/// ASCII characters that take two septets.
const EXTENDED: &str = "^{}\\[]~|";

/// `text` without diacritics, in the GSM alphabet, cut to two parts. One letter outside that alphabet would turn the whole
/// message into UCS-2, where a part holds 70 characters. The cut takes the end, so what matters stands first.
pub fn fit(text: &str) -> String {
    let plain: String = text.nfd().filter(|letter| !is_combining_mark(*letter)).map(plain_letter).collect();
    let plain = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    if septets(&plain) <= ROOM {
        return plain;
    }
    let mut cut = String::new();
    let mut used = ELLIPSIS.len();
    for letter in plain.chars() {
        used += width(letter);
        if used > ROOM {
            break;
        }
        cut.push(letter);
    }
    cut.trim_end().to_owned() + ELLIPSIS
}

/// Whether an SMS reaches this number (E.164): landlines, `+842…`, take none.
pub fn reaches(phone: &str) -> bool {
    phone.strip_prefix("+84").is_some_and(|national| !national.starts_with('2'))
}

fn plain_letter(letter: char) -> char {
    match letter {
        'đ' => 'd',
        'Đ' => 'D',
        '–' | '—' => '-',
        '“' | '”' => '"',
        '‘' | '’' => '\'',
        // The backtick is the one printable ASCII character that the table lacks.
        '`' => '\'',
        ' '..='~' => letter,
        other if other.is_whitespace() => ' ',
        _ => '?',
    }
}

fn width(letter: char) -> usize {
    if EXTENDED.contains(letter) { 2 } else { 1 }
}

fn septets(text: &str) -> usize {
    text.chars().map(width).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vietnamese_loses_its_diacritics_and_nothing_else() {
        assert_eq!(fit("Đã nhận hồ sơ tại UBND xã Yên Kỳ – ₫"), "Da nhan ho so tai UBND xa Yen Ky - ?");
        assert_eq!(fit("đường Nguyễn Thị Định, ơ ư Ơ Ư"), "duong Nguyen Thi Dinh, o u O U");
    }

    fn parts(text: &str) -> usize {
        match septets(text) {
            0..=160 => 1,
            more => more.div_ceil(153),
        }
    }

    #[test]
    fn one_part_holds_160_septets_and_two_hold_306() {
        assert_eq!(parts(&"a".repeat(160)), 1);
        assert_eq!(parts(&"a".repeat(161)), 2);
        assert_eq!(parts(&"a".repeat(306)), 2);
        assert_eq!(parts(&"a".repeat(307)), 3);
        assert_eq!(parts(&"[".repeat(80)), 1);
        assert_eq!(parts(&"[".repeat(81)), 2);
    }

    #[test]
    fn whatever_comes_in_goes_out_in_two_parts_of_the_gsm_alphabet() {
        for text in ["ễ".repeat(10_000), "[".repeat(500), "🌾\r\n\0".repeat(400), "a ".repeat(999)] {
            let sent = fit(&text);
            assert!(parts(&sent) <= 2 && !sent.contains(['\r', '\n', '\0', '`']), "{sent}");
            assert!(sent.ends_with("..."), "{sent}");
        }
    }

    #[test]
    fn a_landline_takes_no_sms() {
        assert!(reaches("+84912345678"));
        assert!(!reaches("+842103846647"));
    }
}
