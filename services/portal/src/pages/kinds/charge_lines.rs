//! The lines of a charge: what each is for, how much, and its legal basis. A line in which nothing is written is none.

use serde_json::{Value, json};

use crate::{amount, failure::Problem, form::Form, posted::Posted, signed_in::SignedIn};

/// Lines that the page asks for.
pub(super) const LINES: usize = 5;
/// What is written in each.
const FIELDS: [&str; 3] = ["what_for", "amount", "legal_basis"];

/// The lines that were written, each with its number on the page; empty for an action that charges nothing.
pub(super) struct ChargeLines {
    charges: bool,
    written: Vec<(usize, [String; 3])>,
}

impl ChargeLines {
    /// What was written, for an action that `charges`.
    pub fn read(charges: bool, fields: &Posted) -> Self {
        let line = |number| (number, FIELDS.map(|field| fields.get(&name(number, field)).replace("\r\n", "\n")));
        let lines = (1..=LINES).filter(|_| charges).map(line);
        Self { charges, written: lines.filter(|(_, typed)| typed.iter().any(|text| !text.is_empty())).collect() }
    }

    /// Says beside the fields what is missing, or is no amount.
    pub fn faults(&self, visit: &SignedIn, form: &mut Form) {
        if self.charges && self.written.is_empty() {
            form.fault(&name(1, FIELDS[0]), &visit.say("charge-lines-none"));
        }
        for (number, typed) in &self.written {
            for (field, _) in FIELDS.iter().zip(typed).filter(|(_, typed)| typed.is_empty()) {
                form.fault(&name(*number, field), &visit.say("field-required"));
            }
            if amount::dong(&typed[1]).is_none() {
                form.fault(&name(*number, FIELDS[1]), &visit.say("amount-malformed"));
            }
        }
    }

    /// As the API takes them.
    pub fn body(&self) -> Option<(String, Value)> {
        let line = |(_, [what_for, typed, legal_basis]): &(usize, [String; 3])| json!({"what_for": what_for, "amount": amount::dong(typed), "legal_basis": legal_basis});
        self.charges.then(|| ("lines".to_owned(), self.written.iter().map(line).collect()))
    }

    /// What was typed, to be kept.
    pub fn typed(&self) -> impl Iterator<Item = String> {
        self.written.iter().map(|(_, typed)| typed.join(" – "))
    }

    /// A problem with its faults at the fields of the form: `/lines/0/amount` is that of the first line that was written.
    pub fn named(&self, mut problem: Problem) -> Problem {
        for error in &mut problem.errors {
            let mut path = error.pointer.split('/').skip(1);
            let (lines, place, field) = (path.next(), path.next(), path.next());
            let number = place.and_then(|place| Some(self.written.get(place.parse::<usize>().ok()?)?.0));
            if let (Some("lines"), Some(number), Some(field)) = (lines, number, field) {
                error.pointer = format!("/{}", name(number, field));
            }
        }
        problem
    }
}

/// The name of a field of a line.
fn name(number: usize, field: &str) -> String {
    format!("line-{number}-{field}")
}
