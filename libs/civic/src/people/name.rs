//! People's names.

use crate::typed;

const LONGEST: usize = 120;

text! {
    /// A person's name: a line of 1 to 120 characters, counted as composed; see [`typed::line`](crate::typed::line). Two keyboards
    /// that compose `ễ` differently give the same name.
    personal PersonName,
    canonical: canonical,
    kind: "person-name",
    expected: "a name of 1 to 120 characters",
    sentence: (
        "Nhập họ và tên trên một dòng, tối đa 120 ký tự, ví dụ Nguyễn Thị Minh Khai.",
        "Enter the full name on one line, at most 120 characters, like Nguyễn Thị Minh Khai."
    ),
    max_length: 1000,
    example: "Nguyễn Thị Minh Khai",
}

fn canonical(text: &str) -> Option<String> {
    let name = typed::line(text).ok()?;
    (1..=LONGEST).contains(&name.chars().count()).then_some(name)
}
