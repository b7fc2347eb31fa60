//! What depends on the answers and on the way in: cases, and the time limits of some of them.

use civic::{FilingChannel, LocalText, TimeLimit};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

/// An answer that something depends on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = ProcedureCondition)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// The name of the answer, a property of the form.
    #[schema(example = "event")]
    pub answer: String,
    /// The value that it must have.
    pub is: Value,
}

impl Condition {
    /// Whether the answers are so.
    #[must_use]
    pub fn holds(&self, answers: &Value) -> bool {
        answers.get(&self.answer) == Some(&self.is)
    }
}

/// A case of a procedure, such as one that must be verified elsewhere first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = ProcedureCase)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// Its code within the procedure.
    #[schema(example = "XAC_MINH")]
    pub code: String,
    /// Its name.
    pub name: LocalText,
    /// When a dossier is one. The first case whose condition holds is the dossier's.
    pub when: Condition,
}

/// A time limit that differs from the procedure's own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = ProcedureTimeLimit)]
#[serde(deny_unknown_fields)]
pub struct TimeLimitRule {
    /// In this case only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case: Option<String>,
    /// By this channel only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<FilingChannel>,
    /// The time the agency has then.
    pub limit: TimeLimit,
}

impl TimeLimitRule {
    /// Whether it is for a dossier of this case that came in by this channel.
    #[must_use]
    pub fn applies(&self, case: Option<&str>, channel: FilingChannel) -> bool {
        self.case.as_deref().is_none_or(|own| case == Some(own)) && self.channel.is_none_or(|own| own == channel)
    }
}
