//! Tax numbers of organisations, their branches, and people.

use super::citizen_number;
use crate::typed;

/// The weights of the first nine digits.
const WEIGHTS: [u32; 9] = [31, 29, 23, 19, 17, 13, 7, 5, 3];

text! {
    /// A tax number (mã số thuế): 10 digits with a check digit (`0100109106`), a branch of it (`0100109106-001`), or, for
    /// individuals and household businesses since 1 July 2025, the citizen number.
    personal TaxNumber,
    canonical: canonical,
    kind: "tax-number",
    expected: "a tax number of 10 digits with an optional branch, or a citizen number",
    sentence: (
        "Mã số thuế gồm 10 chữ số, chi nhánh thêm dấu “-” và 3 chữ số; cá nhân dùng số định danh 12 chữ số. Ví dụ 0100109106.",
        "A tax number has 10 digits, a branch adds “-” and 3 digits; people use their 12-digit citizen number. Like 0100109106."
    ),
    max_length: 60,
    example: "0100109106",
}

fn canonical(text: &str) -> Option<String> {
    let text = typed::code(text).replace('.', "");
    let (head, branch) = match text.split_once('-') {
        Some((head, branch)) => (head, Some(branch)),
        None => (&*text, None),
    };
    if branch.is_none() && head.len() == 12 {
        return citizen_number::canonical(head);
    }
    let accepted =
        is_number(head, 10) && branch.is_none_or(|branch| is_number(branch, 3)) && check_digit_holds(head.as_bytes());
    accepted.then_some(text)
}

fn is_number(text: &str, length: usize) -> bool {
    text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// 10 − (weighted sum mod 11); numbers for which that is 10 are never issued.
fn check_digit_holds(digits: &[u8]) -> bool {
    let sum: u32 = digits.iter().zip(WEIGHTS).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    digits.last().is_some_and(|last| u32::from(last - b'0') == 10 - sum % 11)
}
