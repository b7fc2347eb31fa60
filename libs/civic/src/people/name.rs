//! People's names.

use unicode_normalization::char::is_combining_mark;

use crate::typed;

const LONGEST: usize = 120;

text! {
    /// A person's name: a line of 1 to 120 characters, counted as composed; see [`typed::line`](crate::typed::line). Letters of any
    /// alphabet with their marks, blanks and `.'’-` make one, and nothing else: no address, no number, no sentence. Two keyboards
    /// that compose `ễ` differently give the same name. What was kept before that was so is read as it is.
    personal PersonName,
    canonical: canonical,
    kept: kept,
    kind: "person-name",
    expected: "a name of 1 to 120 letters",
    sentence: (
        "Nhập họ và tên trên một dòng, chỉ gồm chữ cái, không có chữ số hay ký hiệu, tối đa 120 ký tự, ví dụ Nguyễn Thị Minh Khai.",
        "Enter the full name on one line in letters, without digits or signs, at most 120 characters, like Nguyễn Thị Minh Khai."
    ),
    max_length: 1000,
    example: "Nguyễn Thị Minh Khai",
}

fn canonical(text: &str) -> Option<String> {
    kept(text).filter(|name| name.contains(is_letter) && name.chars().all(may_be_in_a_name))
}

/// A name by the rule from before: any line.
fn kept(text: &str) -> Option<String> {
    let name = typed::line(text).ok()?;
    (1..=LONGEST).contains(&name.chars().count()).then_some(name)
}

fn may_be_in_a_name(letter: char) -> bool {
    is_letter(letter) || is_combining_mark(letter) || matches!(letter, ' ' | '.' | '\'' | '\u{2019}' | '-')
}

/// Roman numerals and letters in circles count as alphabetic, too; no name is written with them.
fn is_letter(letter: char) -> bool {
    let in_a_shape = matches!(letter, '\u{24B6}'..='\u{24E9}' | '\u{1F130}'..='\u{1F189}');
    letter.is_alphabetic() && !letter.is_numeric() && !in_a_shape
}
