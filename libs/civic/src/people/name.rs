//! People's names.

use unicode_normalization::UnicodeNormalization;

const LONGEST: usize = 120;

text! {
    /// A person's name: 1 to 120 characters in Unicode normalisation form C, without space around it and without
    /// control or invisible formatting characters. Two keyboards that compose `ễ` differently give the same name.
    personal PersonName,
    canonical: canonical,
    expected: "a name of 1 to 120 characters",
    pattern: r"\S",
    max_length: 120,
    example: "Nguyễn Thị Minh Khai",
}

fn canonical(text: &str) -> Option<String> {
    let name: String = text.trim().nfc().collect();
    let length = name.chars().count();
    let accepted = (1..=LONGEST).contains(&length) && !name.chars().any(is_invisible);
    accepted.then_some(name)
}

/// Control characters, and the zero-width and direction marks that can make one name look like another.
fn is_invisible(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}'
        )
}
