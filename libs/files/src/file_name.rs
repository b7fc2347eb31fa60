//! Names of uploaded files: shown and sent back, never used as a path.

use civic::LocalText;
use edge::{Problem, kinds};
use unicode_normalization::UnicodeNormalization;

const LONGEST: usize = 200;

/// The name in Unicode normalisation form C, if it is one: 1 to 200 characters, none of them a path separator, a control
/// or an invisible direction mark.
///
/// # Errors
/// 400 naming the parameter `file_name`.
pub fn file_name(text: &str) -> Result<String, Problem> {
    let name: String = text.trim().nfc().collect();
    let accepted = (1..=LONGEST).contains(&name.chars().count()) && !name.contains(is_forbidden);
    if accepted && name != "." && name != ".." {
        return Ok(name);
    }
    let text = LocalText::new(
        "Tên tệp gồm 1–200 ký tự, không có dấu / hoặc \\.",
        "A file name has 1 to 200 characters and no / or \\.",
    );
    Err(Problem::from(kinds::INVALID).field("file_name", "pattern", text))
}

fn is_forbidden(letter: char) -> bool {
    matches!(letter, '/' | '\\' | '\u{61C}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
        || letter.is_control()
}

#[cfg(test)]
mod tests {
    use super::file_name;

    #[test]
    fn names_are_composed_and_trimmed() {
        assert_eq!(file_name(" Giấy chu\u{031B}\u{0301}ng sinh.pdf ").expect("a name"), "Giấy chứng sinh.pdf");
    }

    #[test]
    fn nothing_that_could_be_a_path_or_hide_a_name_is_taken() {
        let long = "a".repeat(201);
        for name in
            ["", " ", ".", "..", "../etc/passwd", "a\\b", "a\0b", "a\r\nb", "gpj.\u{202E}fdp", "a\u{61C}b", &long]
        {
            assert!(file_name(name).is_err(), "{name:?}");
        }
    }
}
