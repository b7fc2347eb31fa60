//! Names as people type them when they search: without diacritics, in any case.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// `text` in lower case, without diacritics, `đ` as `d`, without control characters, one space between words.
pub fn fold(text: &str) -> String {
    let plain: String = text
        .nfd()
        .filter(|character| !is_combining_mark(*character))
        .map(|character| if character.is_control() { ' ' } else { character })
        .flat_map(char::to_lowercase)
        .map(|character| if character == 'đ' { 'd' } else { character })
        .collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_without_its_diacritics_however_they_are_composed() {
        assert_eq!(fold("Ủy ban  nhân dân tỉnh\u{0} Phú Thọ"), "uy ban nhan dan tinh phu tho");
        assert_eq!(fold("ĐĂNG KÝ đất đai"), "dang ky dat dai");
        assert_eq!(fold("Thọ"), fold("Tho\u{323}"));
    }
}
