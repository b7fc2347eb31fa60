//! Agency codes (Decision 20/2020/QĐ-TTg): ministries `G09`, provinces `H44`, their departments and communes `H44.100`.

use super::digits;

text! {
    /// The code of an agency: a letter and two digits with up to three dotted groups below it (`H44.100`), or the form
    /// used before 2022 (`000.00.01.H22`).
    open AgencyCode,
    canonical: canonical,
    expected: "an agency code such as H44.100",
    pattern: r"^([0-9]{3}\.[0-9]{2}\.[0-9]{2}\.[A-Z][0-9]{2}|[A-Z][0-9]{2}(\.[0-9]{1,3}){0,3})$",
    max_length: 15,
    example: "H44.100",
}

fn canonical(text: &str) -> Option<String> {
    let groups: Vec<&str> = text.split('.').collect();
    let accepted = match groups.as_slice() {
        [first, second, third, root] if !is_root(first) => {
            digits(first, 3, 3) && digits(second, 2, 2) && digits(third, 2, 2) && is_root(root)
        }
        [root, below @ ..] => is_root(root) && below.len() <= 3 && below.iter().all(|group| digits(group, 1, 3)),
        [] => false,
    };
    accepted.then(|| text.to_owned())
}

fn is_root(group: &str) -> bool {
    group.len() == 3
        && group.starts_with(|letter: char| letter.is_ascii_uppercase())
        && group[1..].bytes().all(|byte| byte.is_ascii_digit())
}
