//! What was typed, as it can be set: whatever somebody typed must neither break a form nor say something else on paper than on the screen.

use serde_json::Value;
use unicode_normalization::UnicodeNormalization;

use crate::office::has_letter;

/// So many letters without a place to break are broken anywhere: they would run over the edge of the page.
const LONGEST_WORD: usize = 24;
/// Where a word may be broken; it is not seen.
const BREAK: char = '\u{200b}';
/// What stands for a letter that the font does not have. Signs that turn the direction of writing are among those.
const STRANGE: char = '□';

/// Makes every text in `value` legible; whether something in it could not be set.
pub(crate) fn legible(value: &mut Value) -> bool {
    match value {
        Value::String(text) => {
            let lacking = text.nfc().any(is_strange);
            *text = legible_text(text);
            lacking
        }
        // All of them, not only the first.
        Value::Array(items) => items.iter_mut().fold(false, |lacking, item| legible(item) | lacking),
        Value::Object(members) => members.values_mut().fold(false, |lacking, item| legible(item) | lacking),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

/// Whether the font has nothing for it, though it would be seen.
fn is_strange(letter: char) -> bool {
    !letter.is_whitespace() && !letter.is_control() && !has_letter(letter)
}

fn legible_text(text: &str) -> String {
    let mut set = String::with_capacity(text.len());
    let mut run = 0;
    for letter in text.nfc() {
        let letter = match letter {
            '\n' => '\n',
            '\r' => continue,
            letter if letter.is_whitespace() => ' ',
            letter if letter.is_control() => continue,
            letter if is_strange(letter) => STRANGE,
            letter => letter,
        };
        run = if letter.is_whitespace() { 0 } else { run + 1 };
        if run > LONGEST_WORD {
            set.push(BREAK);
            run = 1;
        }
        set.push(letter);
    }
    set
}

#[cfg(test)]
mod tests {
    use super::legible_text;

    #[test]
    fn letters_are_composed_and_what_cannot_be_set_is_seen_to_be_missing() {
        for (typed, set) in [
            ("Nguye\u{302}\u{303}n", "Nguyễn"),
            ("王\u{202e}An", "□□An"),
            ("dòng 1\r\ndòng\t2", "dòng 1\ndòng 2"),
            ("a\u{0}b\u{7}", "ab"),
        ] {
            assert_eq!(legible_text(typed), set);
        }
    }

    #[test]
    fn a_word_without_an_end_is_broken() {
        let set = legible_text(&"x".repeat(60));
        assert_eq!(set.split('\u{200b}').map(str::len).collect::<Vec<_>>(), [24, 24, 12]);
    }
}
