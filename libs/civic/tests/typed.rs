//! Texts are read as people type and paste them, and kept in one form.

use civic::typed::{TextFault, line, lines, words};
use civic::{Language, TextKind};
use proptest::prelude::*;

#[test]
fn a_line_is_composed_with_single_blanks_and_none_around() {
    for (given, kept) in [
        ("  Trần  Thị Lan\n", "Trần Thị Lan"),
        ("Nguye\u{302}\u{303}n\tThi\u{323}\u{A0}Khai", "Nguyễn Thị Khai"),
        ("\u{3000}Kinh\u{2003}", "Kinh"),
        ("", ""),
        (" \r\n ", ""),
    ] {
        assert_eq!(line(given).as_deref(), Ok(kept), "{given:?}");
    }
}

#[test]
fn a_line_is_one_line() {
    for text in ["An\nBình", "An\r\nBình", "An\u{2028}Bình", "An\u{B}Bình"] {
        assert_eq!(line(text), Err(TextFault::SeveralLines), "{text:?}");
    }
}

#[test]
fn several_lines_end_alike_and_keep_their_beginnings() {
    let written = "\r\n  Kính gửi: \r\n\tUBND phươ\u{300}ng\u{2028}Đồi Chè\u{B}\u{B}Tôi  xin\n\n";
    assert_eq!(lines(written).as_deref(), Ok("Kính gửi:\n\tUBND phường\nĐồi Chè\n\nTôi  xin"));
}

#[test]
fn what_nobody_sees_is_refused_in_any_text() {
    for mark in
        ['\0', '\u{7}', '\u{1B}', '\u{AD}', '\u{200B}', '\u{200F}', '\u{202E}', '\u{2066}', '\u{FEFF}', '\u{E0041}']
    {
        let text = format!("An{mark}Bình");
        assert_eq!((line(&text), lines(&text)), (Err(TextFault::Invisible), Err(TextFault::Invisible)), "{text:?}");
    }
}

#[test]
fn what_others_read_has_a_letter_or_a_digit() {
    for text in ["...", "– – –", "?!\n…"] {
        assert_eq!(words(text), Err(TextFault::Wordless), "{text:?}");
    }
    assert_eq!(words(" Tổ 5,\r\n phường Đồi Chè. "), Ok("Tổ 5,\n phường Đồi Chè.".to_owned()));
    assert_eq!((words("12"), words(" ")), (Ok("12".to_owned()), Ok(String::new())));
}

#[test]
fn every_kind_takes_its_own_example_and_says_one() {
    for kind in TextKind::ALL {
        for language in [Language::Vi, Language::En] {
            let sentence = kind.sentence();
            let sentence = sentence.get(language).trim_end_matches('.');
            let word = if language == Language::Vi { "ví dụ " } else { "like " };
            let example = sentence.to_lowercase().rfind(word).map(|at| &sentence[at + word.len()..]);
            let example = example.unwrap_or_else(|| panic!("{}: no example in {sentence:?}", kind.name));
            assert!((kind.canonical)(example).is_some(), "{}: {example:?}", kind.name);
        }
        assert_eq!(TextKind::named(kind.name).map(|it| it.expected), Some(kind.expected));
        assert_eq!(TextKind::refused(&format!("expected {}", kind.expected)).map(|it| it.name), Some(kind.name));
    }
}

proptest! {
    #[test]
    fn what_was_read_once_is_read_again_unchanged(text in "(\\PC|[ \\n\\t\u{301}\u{323}]){0,40}") {
        if let Ok(read) = line(&text) {
            prop_assert_eq!(line(&read), Ok(read));
        }
        if let Ok(read) = lines(&text) {
            prop_assert_eq!(lines(&read), Ok(read));
        }
    }
}
