//! What an action asks for several times: papers, or the lines of a charge.

use serde_json::Value;

use super::{asked_papers::AskedPapers, charge_lines::ChargeLines};
use crate::{failure::Problem, form::Form, signed_in::SignedIn};

/// What was written of both; of what the action does not ask for, nothing.
pub(super) struct Rows {
    pub papers: AskedPapers,
    pub lines: ChargeLines,
}

impl Rows {
    /// Says beside the fields what is missing.
    pub fn faults(&self, visit: &SignedIn, form: &mut Form) {
        self.papers.faults(visit, form);
        self.lines.faults(visit, form);
    }

    /// As the API takes them.
    pub fn body(&self) -> impl Iterator<Item = (String, Value)> {
        self.papers.body().into_iter().chain(self.lines.body())
    }

    /// What was typed, to be kept.
    pub fn typed(&self) -> impl Iterator<Item = String> {
        self.papers.typed().chain(self.lines.typed())
    }

    /// A problem with its faults at the fields of the form.
    pub fn named(&self, problem: Problem) -> Problem {
        self.lines.named(self.papers.named(problem))
    }
}
