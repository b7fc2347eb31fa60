//! File names: what is taken can be neither a path nor a header, and reaches whoever downloads the file unchanged.

#![no_main]

use files::{MediaType, Opened, attachment, file_name, with_ending};
use futures_util::{StreamExt, stream};
use libfuzzer_sys::fuzz_target;
use percent_encoding::percent_decode_str;

const PLAIN: &str = "attachment; filename=\"";
const EXTENDED: &str = "\"; filename*=UTF-8''";

fuzz_target!(|text: &str| {
    let name = match file_name(text) {
        Ok(name) => name,
        Err(problem) => {
            assert_eq!(fuzz::rendered(&problem, "/")["errors"][0]["pointer"], "file_name");
            return;
        }
    };
    assert!(name != "." && name != ".." && (1..=200).contains(&name.chars().count()), "{name:?}");
    assert!(!name.contains(is_harmful), "{name:?}");
    assert_eq!(file_name(&name).ok().as_ref(), Some(&name), "it is not its own name");
    let whole = with_ending(&name, MediaType::Pdf);
    assert!(whole.to_ascii_lowercase().ends_with(".pdf"), "{whole:?}");
    assert_eq!(file_name(&whole).ok().as_ref(), Some(&whole), "with its ending it is no name");
    assert_eq!(with_ending(&whole, MediaType::Pdf), whole);
    let file = Opened { size: 0, bytes: stream::empty().boxed() };
    let answer = attachment(file, &name, "application/pdf");
    assert_eq!(answer.status(), 200);
    let header = answer.headers().get("content-disposition").expect("a disposition");
    let header = header.to_str().expect("visible ASCII");
    let (plain, sent) = header.strip_prefix(PLAIN).and_then(|rest| rest.split_once(EXTENDED)).expect("the name, twice");
    assert!(!plain.contains(|c: char| c.is_control() || matches!(c, '"' | '\\' | '/' | '%')), "{header}");
    assert!(!sent.contains(|c: char| c.is_whitespace() || matches!(c, '"' | ';' | ',' | '\\' | '/' | '=')), "{header}");
    assert_eq!(percent_decode_str(sent).decode_utf8().expect("UTF-8"), whole);
});

/// A separator, a control, or one of Unicode's marks of direction (`Bidi_Control`).
fn is_harmful(letter: char) -> bool {
    let direction =
        matches!(letter, '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    direction || letter.is_control() || matches!(letter, '/' | '\\')
}
