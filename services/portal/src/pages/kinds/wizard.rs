//! A form that is walked through page by page: a draft's answers, its papers, and the last look before filing.

use super::DossierRecord;

/// One step of the walk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// A page of the form, by its number from 1.
    Form(usize),
    /// The papers, where the procedure asks for some.
    Papers,
    /// The last look.
    Check,
}

impl Step {
    /// Where the step stands.
    pub fn address(self, draft: &DossierRecord) -> String {
        match self {
            Self::Form(number) => draft.address(&format!("/form/{number}")),
            Self::Papers => draft.address("/documents"),
            Self::Check => draft.address("/check"),
        }
    }

    /// Where a step that is done leads.
    pub fn next(self, draft: &DossierRecord) -> String {
        let next = match self {
            Self::Form(number) if draft.form.page(number + 1).is_some() => Self::Form(number + 1),
            Self::Form(_) if draft.asks_papers() => Self::Papers,
            _ => Self::Check,
        };
        next.address(draft)
    }

    /// Where the way back leads: to the step before, or to the draft's list of steps.
    pub fn back(self, draft: &DossierRecord) -> String {
        match self {
            Self::Form(number) if number > 1 => Self::Form(number - 1).address(draft),
            Self::Papers => Self::Form(draft.form.pages().len()).address(draft),
            Self::Form(_) | Self::Check => draft.address(""),
        }
    }
}
