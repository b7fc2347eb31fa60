//! Searching as people type: without diacritics, in any case.

use unicode_normalization::UnicodeNormalization;

/// `text` in lower case without diacritics, control characters and repeated space: "Đăng ký KHAI  sinh" is "dang ky khai
/// sinh".
pub fn plain(text: &str) -> String {
    let letters: String = text.nfd().filter(|letter| !is_mark(*letter)).flat_map(char::to_lowercase).collect();
    let letters = letters.replace('đ', "d").replace(char::is_control, " ");
    letters.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The combining marks that Vietnamese letters decompose into, and their neighbours.
fn is_mark(letter: char) -> bool {
    ('\u{0300}'..='\u{036F}').contains(&letter)
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn case_and_diacritics_make_no_difference() {
        assert_eq!(plain("Đăng ký  KHAI sinh"), "dang ky khai sinh");
        assert_eq!(plain("Thường trú"), "thuong tru");
        assert_eq!(plain("ĐĂNG KÝ"), plain("đa\u{0306}ng ky\u{0301}"), "composed or not");
        assert_eq!(plain("a\u{0}b"), "a b");
    }
}
