//! Procedure codes of the national database: `1.001193`, and `1.000894.01` for a service linked to one.

use super::digits;
use crate::typed;

text! {
    /// The code of an administrative procedure. The first digit (1, 2, 3) tells where the record comes from, not the
    /// level of government. Codes are renumbered over time, so a code is not an identity.
    open ProcedureCode,
    canonical: canonical,
    kind: "procedure-code",
    expected: "a procedure code such as 1.001193",
    sentence: (
        "Mã thủ tục gồm một chữ số, dấu chấm và sáu chữ số, ví dụ 1.001193.",
        "A procedure code is a digit, a dot and six digits, like 1.001193."
    ),
    max_length: 60,
    example: "1.001193",
}

fn canonical(text: &str) -> Option<String> {
    let text = typed::code(text);
    let mut groups = text.split('.');
    let origin = groups.next()?;
    let number = groups.next()?;
    let service = groups.next();
    let accepted = matches!(origin, "1" | "2" | "3")
        && digits(number, 6, 6)
        && service.is_none_or(|service| digits(service, 2, 2))
        && groups.next().is_none();
    accepted.then_some(text)
}
