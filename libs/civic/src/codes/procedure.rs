//! Procedure codes of the national database: `1.001193`, and `1.000894.01` for a service linked to one.

use super::digits;

text! {
    /// The code of an administrative procedure. The first digit (1, 2, 3) tells where the record comes from, not the
    /// level of government. Codes are renumbered over time, so a code is not an identity.
    open ProcedureCode,
    canonical: canonical,
    expected: "a procedure code such as 1.001193",
    pattern: r"^[1-3]\.[0-9]{6}(\.[0-9]{2})?$",
    max_length: 11,
    example: "1.001193",
}

fn canonical(text: &str) -> Option<String> {
    let mut groups = text.split('.');
    let origin = groups.next()?;
    let number = groups.next()?;
    let service = groups.next();
    let accepted = matches!(origin, "1" | "2" | "3")
        && digits(number, 6, 6)
        && service.is_none_or(|service| digits(service, 2, 2))
        && groups.next().is_none();
    accepted.then(|| text.to_owned())
}
