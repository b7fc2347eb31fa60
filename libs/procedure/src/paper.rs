//! The papers that a procedure asks for.

use civic::LocalText;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use crate::Condition;

/// A paper that a procedure asks for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = ProcedureComponent)]
#[serde(deny_unknown_fields)]
pub struct Component {
    /// Its code within the procedure: what a document is uploaded as.
    #[schema(example = "GIAY_CHUNG_SINH")]
    pub code: String,
    /// Its name.
    pub name: LocalText,
    /// Whether a dossier cannot be filed without it.
    pub required: bool,
    /// It is required of dossiers whose answers are so, too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub required_when: Option<Condition>,
    /// How many copies are handed in at the counter; online one file is enough.
    pub copies: u16,
    /// What is handed in; not said where either will do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub form: Option<PaperForm>,
    /// Why it is digitised, when it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digitisation: Option<Digitisation>,
    /// The code of the result that makes it needless: whoever has one of these in the warehouse need not bring the paper.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = "KQ.G15.000032")]
    pub replaced_by: Option<String>,
}

impl Component {
    /// Whether a dossier with these answers cannot be filed without it.
    #[must_use]
    pub fn is_required(&self, answers: &Value) -> bool {
        self.required || self.required_when.as_ref().is_some_and(|when| when.holds(answers))
    }
}

/// What is handed in of a paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum PaperForm {
    /// Bản chính.
    Original,
    /// Bản sao.
    Copy,
    /// Bản sao có chứng thực.
    CertifiedCopy,
}

/// The classes of papers that are digitised (Circular 01/2023).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Digitisation {
    /// It is the result of an earlier procedure.
    EarlierResult,
    /// The law says so.
    RequiredByLaw,
    /// The agency needs it.
    NeededByAgency,
}
