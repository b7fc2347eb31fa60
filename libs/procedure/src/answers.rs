//! Answers as they enter: read as people type them, then held against the form and the bounds of its procedure.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use civic::{TextKind, typed};
use serde_json::Value;

use crate::{Expectation, Finding, PinnedProcedure, Procedure, Widget, form::below};

/// Answers as they are kept, and what is wrong with them: one finding for each.
#[derive(Clone, Debug, PartialEq)]
pub struct Judged {
    /// The answers: texts composed and without needless blanks, numbers and codes in their one form.
    pub answers: Value,
    /// What is wrong; nothing when they are as expected.
    pub findings: Vec<Finding>,
}

impl PinnedProcedure {
    /// Reads and judges answers on this day in Vietnam. Whichever way they come in, they come in here.
    #[must_use]
    pub fn judge(&self, mut answers: Value, expectation: Expectation, today: NaiveDate) -> Judged {
        let mut findings = enter(&self.procedure, &mut answers);
        findings.extend(self.form.check(&answers, expectation));
        findings.extend(self.procedure.impossible(&answers, today));
        let mut told = BTreeSet::new();
        findings.retain(|finding| told.insert(finding.pointer.clone()));
        Judged { answers, findings }
    }
}

impl Procedure {
    /// Dates that cannot be, and answers about one person that do not agree.
    fn impossible(&self, answers: &Value, today: NaiveDate) -> impl Iterator<Item = Finding> {
        let label = |name: &str| self.ui.fields.get(name).map(|field| field.label.clone());
        let dates = self.date_bounds.iter().filter_map(move |bound| bound.finding(answers, today, label));
        dates.chain(self.people.iter().filter_map(|person| person.finding(answers)))
    }
}

/// Brings every text into the form in which it is kept; what is wrong with one stays as it was sent.
fn enter(procedure: &Procedure, answers: &mut Value) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (name, answer) in answers.as_object_mut().into_iter().flatten() {
        let several = procedure.ui.fields.get(name).is_some_and(|field| field.widget == Widget::Textarea);
        let kind = procedure.form["properties"][name]["format"].as_str().and_then(TextKind::named);
        enter_value(answer, several, kind, &below("", name), &mut findings);
    }
    findings
}

fn enter_value(value: &mut Value, several: bool, kind: Option<&TextKind>, pointer: &str, findings: &mut Vec<Finding>) {
    match value {
        Value::String(text) => {
            if let Some(canonical) = kind.and_then(|kind| (kind.canonical)(text)) {
                *text = canonical;
                return;
            }
            match if several { typed::lines(text) } else { typed::line(text) } {
                Ok(read) => *text = read,
                Err(fault) => {
                    findings.push(Finding { pointer: pointer.to_owned(), code: fault.code(), text: fault.sentence() });
                }
            }
        }
        Value::Array(items) => {
            let items = items.iter_mut().enumerate();
            items.for_each(|(at, item)| enter_value(item, several, kind, &below(pointer, &at.to_string()), findings));
        }
        Value::Object(members) => {
            members
                .iter_mut()
                .for_each(|(name, member)| enter_value(member, several, None, &below(pointer, name), findings));
        }
        _ => {}
    }
}
