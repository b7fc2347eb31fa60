//! Agency codes (Decision 20/2020/QĐ-TTg): ministries `G09`, provinces `H44`, their departments and communes `H44.100`.

use super::digits;
use crate::typed;

text! {
    /// The code of an agency: a letter and two digits with up to three dotted groups below it (`H44.100`), or the form
    /// used before 2022 (`000.00.01.H22`). Read in any case and with blanks.
    open AgencyCode,
    canonical: canonical,
    kind: "agency-code",
    expected: "an agency code such as H44.100",
    sentence: (
        "Mã cơ quan gồm một chữ cái, hai chữ số và các nhóm số sau dấu chấm, ví dụ H44.100.",
        "An agency code is a letter, two digits and groups of digits behind dots, like H44.100."
    ),
    max_length: 60,
    example: "H44.100",
}

fn canonical(text: &str) -> Option<String> {
    let text = typed::code(text);
    let groups: Vec<&str> = text.split('.').collect();
    let accepted = match groups.as_slice() {
        [first, second, third, root] if !is_root(first) => {
            digits(first, 3, 3) && digits(second, 2, 2) && digits(third, 2, 2) && is_root(root)
        }
        [root, below @ ..] => is_root(root) && below.len() <= 3 && below.iter().all(|group| digits(group, 1, 3)),
        [] => false,
    };
    accepted.then_some(text)
}

impl AgencyCode {
    /// The code of the province or ministry that it belongs to: `H44` of `H44.100`.
    #[must_use]
    pub fn root(&self) -> &str {
        self.as_str().split('.').find(|group| is_root(group)).unwrap_or(self.as_str())
    }
}

fn is_root(group: &str) -> bool {
    group.len() == 3
        && group.starts_with(|letter: char| letter.is_ascii_uppercase())
        && group[1..].bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::AgencyCode;

    #[test]
    fn an_agency_belongs_to_the_province_or_ministry_of_its_code() {
        for (code, root) in
            [("H44", "H44"), ("H44.100", "H44"), ("H44.100.1", "H44"), ("000.00.01.H22", "H22"), ("G09", "G09")]
        {
            assert_eq!(code.parse::<AgencyCode>().expect("a code").root(), root);
        }
    }
}
